package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** The products as sales knows them from inventory. */
public interface Products {

  /**
   * What is known of the products named; what is unknown is left out. Where two products have one
   * sku the one that can be ordered is meant.
   */
  Map<ProductRef, Product> find(Collection<ProductRef> refs, UnitOfWork tx);

  /** Remembers how products are now. */
  void save(Collection<Product> products, UnitOfWork tx);

  /** Remembers that these can no longer be ordered; unknown ones are passed over. */
  void discontinue(Collection<UUID> ids, UnitOfWork tx);
}
