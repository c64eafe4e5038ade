package dev.reserva.inventory.application;

import dev.reserva.inventory.application.LedgerEntries.Numbered;
import dev.reserva.inventory.application.Products.StockedProduct;
import dev.reserva.messaging.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ledger of a product, newest first, with the stock after each entry. The newest entry
 * leads to the present stock, and each older one to what the next began with.
 */
public final class ReadLedger {

  private final Products products;
  private final LedgerEntries entries;

  public ReadLedger(Products products, LedgerEntries entries) {
    this.products = products;
    this.entries = entries;
  }

  /**
   * Where a page begins.
   *
   * @param before the entries below this number
   * @param stock physical quantity after the first of them
   * @param reserved reserved quantity after the first of them
   */
  public record Place(long before, int stock, int reserved) {}

  /**
   * An entry and what it led to.
   *
   * @param stock physical quantity afterwards
   * @param reserved reserved quantity afterwards
   */
  public record Line(Numbered entry, int stock, int reserved) {

    /** Where the next older entry is. */
    public Place next() {
      return new Place(
          entry.number(),
          stock - entry.entry().physicalChange(),
          reserved - entry.entry().reservedChange());
    }
  }

  /**
   * @param from where to begin; null for the newest entry
   * @param tx a snapshot
   * @return empty if there is no such product
   */
  public Optional<List<Line>> read(UUID productId, @Nullable Place from, int limit, UnitOfWork tx) {
    return products
        .find(productId, tx)
        .map(product -> {
          Place place = from == null ? newest(product) : from;
          List<Line> lines = new ArrayList<>();
          for (Numbered entry : entries.of(productId, place.before(), limit, tx)) {
            Line line = new Line(entry, place.stock(), place.reserved());
            lines.add(line);
            place = line.next();
          }
          return lines;
        });
  }

  private static Place newest(StockedProduct product) {
    return new Place(Long.MAX_VALUE, product.stock(), product.reserved());
  }
}
