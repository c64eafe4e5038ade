package dev.reserva.inventory.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The stock levels of one transaction and the ledger of their changes. Every change of a level
 * enters the ledger, so a level stays the sum of its entries.
 */
final class Shelves {

  private final Map<UUID, ProductStock> found = new HashMap<>();
  private final Map<UUID, ProductStock> stock = new LinkedHashMap<>();
  private final List<LedgerEntry> ledger = new ArrayList<>();

  void include(Collection<ProductStock> more) {
    more.forEach(product -> {
      found.put(product.productId(), product);
      stock.put(product.productId(), product);
    });
  }

  void written() {
    found.putAll(stock);
    ledger.clear();
  }

  /** The stock of a product; null if there is no such product. */
  @Nullable ProductStock find(UUID productId) {
    return stock.get(productId);
  }

  /**
   * @throws NullPointerException if the product is not included
   */
  ProductStock of(UUID productId) {
    return Objects.requireNonNull(
        stock.get(productId), () -> "the book was opened without product " + productId);
  }

  /**
   * @throws IllegalStateException if the product has no stock level there
   */
  StockLevel at(UUID productId, LocationCode location) {
    return of(productId)
        .at(location)
        .orElseThrow(() ->
            new IllegalStateException(
                "the book was opened without product %s at %s".formatted(productId, location)));
  }

  /** Moves the units of an order. */
  void enter(LedgerKind kind, UUID orderId, List<Held> units) {
    for (Held held : units) {
      change(
          new LedgerEntry(
              held.productId(),
              held.location(),
              kind,
              kind.physicalChange(held.quantity()),
              kind.reservedChange(held.quantity()),
              orderId,
              null,
              null));
    }
  }

  /** Changes the physical stock at a location by hand. */
  StockLevel adjust(StockLevel level, LedgerKind kind, int change, @Nullable ByHand by) {
    change(
        new LedgerEntry(
            level.productId(),
            level.location(),
            kind,
            change,
            0,
            null,
            by == null ? null : by.text(),
            by == null ? null : by.actor()));
    return at(level.productId(), level.location());
  }

  private void change(LedgerEntry entry) {
    ProductStock product = of(entry.productId());
    StockLevel level = at(entry.productId(), entry.location());
    stock.put(
        entry.productId(),
        product.with(level.changed(entry.physicalChange(), entry.reservedChange())));
    ledger.add(entry);
  }

  /** Sets the safety stock of a location, which no ledger entry explains. */
  StockLevel keep(StockLevel level, int safetyStock) {
    StockLevel changed = level.keeping(safetyStock);
    stock.put(level.productId(), of(level.productId()).with(changed));
    return changed;
  }

  /** Changes the number of units that orders wait for. No ledger entry explains it. */
  void await(UUID productId, int change) {
    StockLevel level = at(productId, LocationCode.MAIN);
    stock.put(productId, of(productId).with(level.awaiting(change)));
  }

  /** The available stock of these products, to find the thresholds that a change crosses. */
  Map<UUID, Integer> available(Collection<UUID> products) {
    Map<UUID, Integer> available = new LinkedHashMap<>();
    products.forEach(product -> available.put(product, of(product).available()));
    return available;
  }

  List<ThresholdCrossing> crossings(Map<UUID, Integer> availableBefore) {
    List<ThresholdCrossing> crossings = new ArrayList<>(0);
    availableBefore.forEach((productId, before) -> {
      ProductStock product = of(productId);
      int available = product.available();
      if (before > product.minStock() && available <= product.minStock()) {
        crossings.add(new ThresholdCrossing.RanLow(product));
      }
      if (before > 0 && available == 0) {
        crossings.add(new ThresholdCrossing.Depleted(product));
      }
    });
    return crossings;
  }

  /** The levels that differ from those that were included. */
  List<StockLevel> changed() {
    List<StockLevel> changed = new ArrayList<>();
    stock.forEach((productId, product) -> {
      ProductStock before = Objects.requireNonNull(found.get(productId));
      if (!before.equals(product)) {
        for (int i = 0; i < product.levels().size(); i++) {
          if (!product.levels().get(i).equals(before.levels().get(i))) {
            changed.add(product.levels().get(i));
          }
        }
      }
    });
    return changed;
  }

  List<LedgerEntry> ledger() {
    return List.copyOf(ledger);
  }
}
