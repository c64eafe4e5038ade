package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** The products that sales knows from events. */
public interface Products {

  /**
   * The named products; unknown ones are left out. If two products have one SKU, it names the
   * active one.
   */
  Map<ProductRef, Product> find(Collection<ProductRef> refs, UnitOfWork tx);

  /** Adds products or replaces their stored state. */
  void save(Collection<Product> products, UnitOfWork tx);

  /** Marks products that can no longer be ordered; unknown ones are skipped. */
  void discontinue(Collection<UUID> ids, UnitOfWork tx);
}
