package dev.reserva.inventory.application;

import dev.reserva.messaging.Transactions;
import java.time.Instant;
import java.util.UUID;

/** One technology's adapters of all of inventory's ports, for the contract suites. */
public interface Backend {

  /** Before the time of any database, whose clock may stand still. */
  Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  Transactions transactions();

  Products products();

  Bundles bundles();

  Stocks stocks();

  Locations locations();

  Transfers transfers();

  LedgerEntries ledgerEntries();

  Reservations reservations();

  Returns returns();

  /** Moves the end of an open reservation, as if time had passed. */
  void expireAt(UUID orderId, Instant expiresAt);
}
