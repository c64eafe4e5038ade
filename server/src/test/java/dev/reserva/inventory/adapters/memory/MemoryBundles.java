package dev.reserva.inventory.adapters.memory;

import dev.reserva.inventory.application.Bundles;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The bundles among the products of {@link MemoryProducts}. */
public final class MemoryBundles implements Bundles {

  @Override
  public Map<UUID, Offer> of(Collection<UUID> productIds, UnitOfWork tx) {
    Map<UUID, Offer> offers = new HashMap<>();
    for (UUID id : productIds) {
      MemoryProducts.rows(tx)
          .get(id)
          .filter(product -> !product.bundle().isNone())
          .ifPresent(product -> offers.put(id, new Offer(product.bundle(), product.active())));
    }
    return offers;
  }

  @Override
  public Map<UUID, Boolean> lockParts(Collection<UUID> productIds, UnitOfWork tx) {
    Map<UUID, Boolean> parts = new HashMap<>();
    for (UUID id : productIds) {
      MemoryProducts.rows(tx)
          .get(id)
          .ifPresent(product -> parts.put(id, !product.bundle().isNone()));
    }
    return parts;
  }

  @Override
  public boolean isPart(UUID productId, UnitOfWork tx) {
    return MemoryProducts.rows(tx).values().stream()
        .anyMatch(product -> product.bundle().products().contains(productId));
  }

  @Override
  public boolean giveUpStock(UUID productId, UnitOfWork tx) {
    if (MemoryStocks.ledger(tx.resource(MemoryDatabase.class)).values().stream()
        .anyMatch(numbered -> numbered.entry().productId().equals(productId))) {
      return false;
    }
    MemoryStocks.rows(tx).remove(productId);
    return true;
  }
}
