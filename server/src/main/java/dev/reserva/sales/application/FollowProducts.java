package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Product;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;

/** Updates the products and prices that sales knows from the events of inventory. */
public final class FollowProducts {

  private final Products products;

  public FollowProducts(Products products) {
    this.products = products;
  }

  /** A change of one product in the catalogue. */
  public sealed interface ProductChange {
    UUID productId();

    /** The product has these properties now. */
    record Offered(Product product) implements ProductChange {
      @Override
      public UUID productId() {
        return product.id();
      }
    }

    /** The product can no longer be ordered. */
    record Discontinued(UUID productId) implements ProductChange {}
  }

  /**
   * Applies the changes in order. The last one of a product counts.
   *
   * @param changes at least one
   */
  public void follow(List<ProductChange> changes, UnitOfWork tx) {
    var offered = new LinkedHashMap<UUID, Product>();
    var discontinued = new LinkedHashSet<UUID>();
    for (ProductChange change : changes) {
      switch (change) {
        case ProductChange.Offered offer -> {
          offered.put(offer.productId(), offer.product());
          discontinued.remove(offer.productId());
        }
        case ProductChange.Discontinued end -> {
          if (offered.computeIfPresent(end.productId(), (id, product) -> product.discontinued())
              == null) {
            discontinued.add(end.productId());
          }
        }
      }
    }
    if (!offered.isEmpty()) {
      products.save(offered.values(), tx);
    }
    if (!discontinued.isEmpty()) {
      products.discontinue(discontinued, tx);
    }
  }
}
