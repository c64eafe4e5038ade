package dev.reserva.inventory.adapters.memory;

import dev.reserva.inventory.application.Products;
import dev.reserva.inventory.domain.Place;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.ProductStock;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Inventory's catalogue; its stock levels are {@link MemoryStocks}'. */
public final class MemoryProducts implements Products {

  static MemoryTable<UUID, Product> rows(UnitOfWork tx) {
    return tx.resource(MemoryDatabase.class).table("inventory.product");
  }

  @Override
  public Set<UUID> add(List<Product> wanted, UnitOfWork tx) {
    Set<UUID> added = new HashSet<>();
    for (Product product : wanted) {
      if (!isTaken(product, tx)) {
        rows(tx).put(product.id(), product);
        if (product.bundle().isNone()) {
          MemoryStocks.rows(tx)
              .put(
                  product.id(),
                  stock(product, List.of(new StockLevel(product.id(), Place.MAIN, 0, 0, 0))));
        }
        added.add(product.id());
      }
    }
    return added;
  }

  @Override
  public Map<String, Sku> taken(Collection<Sku> skus, UnitOfWork tx) {
    Set<String> keys = skus.stream().map(Sku::key).collect(Collectors.toSet());
    return rows(tx).values().stream()
        .map(Product::sku)
        .filter(sku -> keys.contains(sku.key()))
        .collect(Collectors.toMap(Sku::key, Function.identity()));
  }

  @Override
  public Optional<Product> lock(UUID id, UnitOfWork tx) {
    return rows(tx).get(id);
  }

  @Override
  public boolean replace(Product product, UnitOfWork tx) {
    if (isTaken(product, tx)) {
      return false;
    }
    rows(tx).put(product.id(), product);
    MemoryStocks.rows(tx)
        .get(product.id())
        .ifPresent(
            before -> MemoryStocks.rows(tx).put(product.id(), stock(product, before.levels())));
    return true;
  }

  @Override
  public Map<String, Product> bySku(Collection<Sku> skus, UnitOfWork tx) {
    Set<String> keys = skus.stream().map(Sku::key).collect(Collectors.toSet());
    return rows(tx).values().stream()
        .filter(product -> keys.contains(product.sku().key()))
        .collect(Collectors.toMap(product -> product.sku().key(), Function.identity()));
  }

  @Override
  public Map<String, Product> lockBySku(Collection<Sku> skus, UnitOfWork tx) {
    return bySku(skus, tx);
  }

  @Override
  public void replaceAll(List<Product> products, UnitOfWork tx) {
    for (Product product : products) {
      if (!replace(product, tx)) {
        throw new IllegalStateException("the SKU of %s has changed".formatted(product.id()));
      }
    }
  }

  @Override
  public Optional<StockedProduct> find(UUID id, UnitOfWork tx) {
    return rows(tx).get(id).map(product -> stocked(product, tx));
  }

  @Override
  public List<StockedProduct> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    String text = filter.text();
    return rows(tx).values().stream()
        .filter(it -> before == null || it.id().toString().compareTo(before.toString()) < 0)
        .filter(it -> filter.sku() == null || it.sku().key().equals(filter.sku().key()))
        .filter(it -> filter.category() == null || it.category().value().equals(filter.category()))
        .filter(it -> filter.active() == null || filter.active() == it.active())
        .filter(it -> text == null || mentions(it, text))
        .map(it -> stocked(it, tx))
        .filter(it -> !filter.onlyLow() || isLow(it))
        .sorted(
            Comparator.comparing((StockedProduct it) -> it.product().id().toString()).reversed())
        .limit(limit)
        .toList();
  }

  static StockedProduct stocked(Product product, UnitOfWork tx) {
    if (!product.bundle().isNone()) {
      return new StockedProduct(
          product, 0, 0, product.bundle().available(part -> available(part, tx)), 0);
    }
    ProductStock stock = MemoryStocks.find(product.id(), tx).orElseThrow();
    return new StockedProduct(
        product,
        stock.levels().stream().mapToInt(StockLevel::physical).sum(),
        stock.levels().stream().mapToInt(StockLevel::reserved).sum(),
        stock.available(),
        stock.awaited());
  }

  private static int available(UUID part, UnitOfWork tx) {
    return MemoryStocks.find(part, tx)
        .filter(ProductStock::active)
        .map(ProductStock::available)
        .orElse(0);
  }

  static boolean isLow(StockedProduct stocked) {
    return stocked.product().active()
        && stocked.product().bundle().isNone()
        && stocked.available() <= stocked.product().minStock().value();
  }

  private static boolean isTaken(Product product, UnitOfWork tx) {
    return rows(tx).values().stream()
        .anyMatch(
            it -> it.sku().key().equals(product.sku().key()) && !it.id().equals(product.id()));
  }

  private static boolean mentions(Product product, String text) {
    return "%s\n%s\n%s"
        .formatted(product.name().value(), product.sku().value(), product.description().value())
        .toLowerCase(Locale.ROOT)
        .contains(text.toLowerCase(Locale.ROOT));
  }

  private static ProductStock stock(Product product, List<StockLevel> levels) {
    return new ProductStock(
        product.id(),
        product.sku().value(),
        product.minStock().value(),
        product.active(),
        product.backorder(),
        levels);
  }
}
