package dev.reserva.inventory.application;

import dev.reserva.inventory.domain.Bundle;
import dev.reserva.messaging.UnitOfWork;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** What bundles consist of, and whether a product can be one. */
public interface Bundles {

  /** The bundles among these products. Those that are no bundle, or do not exist, are left out. */
  Map<UUID, Offer> of(Collection<UUID> productIds, UnitOfWork tx);

  /**
   * Locks products that shall be parts of a bundle, in order of their ids, so that none becomes a
   * bundle until the transaction ends.
   *
   * @return by product, whether it is a bundle; products that do not exist are left out
   */
  Map<UUID, Boolean> lockParts(Collection<UUID> productIds, UnitOfWork tx);

  /** Whether a bundle has this product. */
  boolean isPart(UUID productId, UnitOfWork tx);

  /**
   * Removes the stock levels of a locked product that shall become a bundle, and locks them before.
   *
   * @return whether they are removed; false if anything was ever entered in the product's ledger,
   *     and then nothing has changed
   */
  boolean giveUpStock(UUID productId, UnitOfWork tx);

  /**
   * A bundle.
   *
   * @param active whether it can be ordered
   */
  record Offer(Bundle bundle, boolean active) {}
}
