package dev.reserva.inventory.application;

import dev.reserva.inventory.domain.LedgerEntry;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The ledger of stock, for reading. */
public interface LedgerEntries {

  /**
   * The entries of a product, newest first.
   *
   * @param before continue below this number
   */
  List<Numbered> of(UUID productId, long before, int limit, UnitOfWork tx);

  /** The entries that an order has caused, oldest first. */
  List<Numbered> ofOrder(UUID orderId, int limit, UnitOfWork tx);

  /**
   * An entry on record.
   *
   * @param number of a product's entries, later ones have higher numbers
   */
  record Numbered(long number, Instant at, LedgerEntry entry) {}
}
