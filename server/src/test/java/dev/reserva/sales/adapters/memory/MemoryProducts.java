package dev.reserva.sales.adapters.memory;

import dev.reserva.contracts.Text;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import dev.reserva.sales.application.Products;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The products as sales knows them. */
public final class MemoryProducts implements Products {

  private static MemoryTable<UUID, Product> rows(UnitOfWork tx) {
    return tx.resource(MemoryDatabase.class).table("sales.product");
  }

  @Override
  public Map<ProductRef, Product> find(Collection<ProductRef> refs, UnitOfWork tx) {
    var found = new LinkedHashMap<ProductRef, Product>();
    for (ProductRef ref : refs) {
      lookUp(ref, tx).ifPresent(product -> found.put(ref, product));
    }
    return found;
  }

  private static Optional<Product> lookUp(ProductRef ref, UnitOfWork tx) {
    return switch (ref) {
      case ProductRef.ById(UUID id) -> rows(tx).get(id);
      case ProductRef.BySku bySku ->
          rows(tx).values().stream()
              .filter(product -> Text.key(product.sku()).equals(bySku.key()))
              .max(Comparator.comparing(Product::active));
    };
  }

  @Override
  public void save(Collection<Product> products, UnitOfWork tx) {
    products.forEach(product -> rows(tx).put(product.id(), product));
  }

  @Override
  public void discontinue(Collection<UUID> ids, UnitOfWork tx) {
    for (UUID id : ids) {
      rows(tx).get(id).ifPresent(product -> rows(tx).put(id, product.discontinued()));
    }
  }
}
