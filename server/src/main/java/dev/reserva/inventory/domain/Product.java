package dev.reserva.inventory.domain;

import dev.reserva.contracts.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A product as the catalogue knows it. How much of it there is, the {@link StockLevel} tells.
 *
 * @param active whether it can be ordered
 * @param version 1 at first, one more with each change of the catalogue; stock does not count
 */
public record Product(
    UUID id,
    Sku sku,
    ProductName name,
    Description description,
    Category category,
    Money price,
    MinStock minStock,
    boolean active,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** The product with the change made to it; the very same one when nothing is different. */
  public Product changed(Change change, Instant now) {
    var same = with(change, version, updatedAt);
    return same.equals(this) ? this : with(change, version + 1, now);
  }

  private Product with(Change change, long newVersion, Instant at) {
    return new Product(
        id,
        orElse(change.sku, sku),
        orElse(change.name, name),
        orElse(change.description, description),
        orElse(change.category, category),
        orElse(change.price, price),
        orElse(change.minStock, minStock),
        orElse(change.active, active),
        newVersion,
        createdAt,
        at);
  }

  private static <T> T orElse(@Nullable T changed, T current) {
    return changed == null ? current : changed;
  }

  /** What is to be different; what is absent stays. */
  public record Change(
      @Nullable Sku sku,
      @Nullable ProductName name,
      @Nullable Description description,
      @Nullable Category category,
      @Nullable Money price,
      @Nullable MinStock minStock,
      @Nullable Boolean active) {}
}
