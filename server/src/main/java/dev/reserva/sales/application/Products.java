package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** The products as sales knows them from events. */
public interface Products {

  /**
   * The products that are named; unknown ones are left out. Where two products have one sku, the
   * one that can be ordered is meant.
   */
  Map<ProductRef, Product> find(Collection<ProductRef> refs, UnitOfWork tx);

  /** Adds products, or replaces what is known of them. */
  void save(Collection<Product> products, UnitOfWork tx);

  /** Marks products that can no longer be ordered; unknown ones are skipped. */
  void discontinue(Collection<UUID> ids, UnitOfWork tx);
}
