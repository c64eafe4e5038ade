package dev.reserva.sales.application;

import dev.reserva.contracts.Text;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Products in a map. */
public final class InMemoryProducts implements Products {

  private final Map<UUID, Product> products = new LinkedHashMap<>();

  @Override
  public Map<ProductRef, Product> find(Collection<ProductRef> refs, UnitOfWork tx) {
    var found = new HashMap<ProductRef, Product>();
    for (ProductRef ref : refs) {
      lookUp(ref).ifPresent(product -> found.put(ref, product));
    }
    return found;
  }

  private Optional<Product> lookUp(ProductRef ref) {
    return switch (ref) {
      case ProductRef.ById byId -> Optional.ofNullable(products.get(byId.id()));
      case ProductRef.BySku bySku ->
          products.values().stream()
              .filter(product -> Text.key(product.sku()).equals(bySku.key()))
              .max(Comparator.comparing(Product::active));
    };
  }

  @Override
  public void save(Collection<Product> saved, UnitOfWork tx) {
    saved.forEach(product -> products.put(product.id(), product));
  }

  @Override
  public void discontinue(Collection<UUID> ids, UnitOfWork tx) {
    ids.forEach(id -> products.computeIfPresent(id, (key, product) -> product.discontinued()));
  }
}
