package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Product;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;

/** Keeps the products and their prices up to date by the events of inventory. */
public final class LearnProducts {

  private final Products products;

  public LearnProducts(Products products) {
    this.products = products;
  }

  /** What an event says about one product. */
  public sealed interface News {
    UUID productId();

    /** The product has these properties now. */
    record Offered(Product product) implements News {
      @Override
      public UUID productId() {
        return product.id();
      }
    }

    /** The product can no longer be ordered. */
    record Discontinued(UUID productId) implements News {}
  }

  /**
   * Applies the news in their order: the last one about a product counts.
   *
   * @param news at least one
   */
  public void learn(List<News> news, UnitOfWork tx) {
    var offered = new LinkedHashMap<UUID, Product>();
    var discontinued = new LinkedHashSet<UUID>();
    for (News one : news) {
      switch (one) {
        case News.Offered offer -> {
          offered.put(offer.productId(), offer.product());
          discontinued.remove(offer.productId());
        }
        case News.Discontinued end -> {
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
