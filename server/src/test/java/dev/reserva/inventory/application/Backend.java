package dev.reserva.inventory.application;

import dev.reserva.messaging.Transactions;
import java.time.Instant;
import java.util.UUID;

/** One technology's adapters of all of inventory's ports, for the contract suites. */
public interface Backend {

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
