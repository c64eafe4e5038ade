package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Looks products up with the parts of the bundles among them. */
final class Catalogue {

  private Catalogue() {}

  /**
   * The named products and, by id, the parts of bundles; unknown ones are left out. A second
   * statement runs only if a bundle is named.
   */
  static Map<ProductRef, Product> find(
      Products products, Collection<ProductRef> refs, UnitOfWork tx) {
    Map<ProductRef, Product> found = products.find(refs, tx);
    Set<ProductRef> parts = new LinkedHashSet<>();
    for (Product product : found.values()) {
      product.bundle().keySet().forEach(part -> parts.add(new ProductRef.ById(part)));
    }
    if (parts.isEmpty()) {
      return found;
    }
    Map<ProductRef, Product> all = new HashMap<>(products.find(parts, tx));
    all.putAll(found);
    return all;
  }
}
