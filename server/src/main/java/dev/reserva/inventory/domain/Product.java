package dev.reserva.inventory.domain;

import dev.reserva.contracts.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A product of the catalogue. Its quantity is in {@link StockLevel}.
 *
 * @param backorder whether orders may wait for stock
 * @param active whether it can be ordered
 * @param bundle what it consists of, if it is a bundle
 * @param version 1 at first, one more with each change of these fields; stock does not count
 */
public record Product(
    UUID id,
    Sku sku,
    ProductName name,
    Description description,
    Category category,
    Money price,
    ProductTaxRate taxRate,
    TaxCode taxCode,
    MinStock minStock,
    Backorder backorder,
    boolean active,
    Bundle bundle,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** The product after the change; this instance if nothing differs. */
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
        orElse(change.taxRate, taxRate),
        orElse(change.taxCode, taxCode),
        orElse(change.minStock, minStock),
        orElse(change.backorder, backorder),
        orElse(change.active, active),
        orElse(change.bundle, bundle),
        newVersion,
        createdAt,
        at);
  }

  private static <T> T orElse(@Nullable T changed, T current) {
    return changed == null ? current : changed;
  }

  /** The fields to change. An absent field keeps its value. */
  public record Change(
      @Nullable Sku sku,
      @Nullable ProductName name,
      @Nullable Description description,
      @Nullable Category category,
      @Nullable Money price,
      @Nullable ProductTaxRate taxRate,
      @Nullable TaxCode taxCode,
      @Nullable MinStock minStock,
      @Nullable Backorder backorder,
      @Nullable Boolean active,
      @Nullable Bundle bundle) {

    /** Keeps the product's backorder policy and parts. */
    public Change(
        @Nullable Sku sku,
        @Nullable ProductName name,
        @Nullable Description description,
        @Nullable Category category,
        @Nullable Money price,
        @Nullable ProductTaxRate taxRate,
        @Nullable TaxCode taxCode,
        @Nullable MinStock minStock,
        @Nullable Boolean active) {
      this(sku, name, description, category, price, taxRate, taxCode, minStock, null, active, null);
    }

    /** Keeps the product's tax, backorder policy and parts. */
    public Change(
        @Nullable Sku sku,
        @Nullable ProductName name,
        @Nullable Description description,
        @Nullable Category category,
        @Nullable Money price,
        @Nullable MinStock minStock,
        @Nullable Boolean active) {
      this(sku, name, description, category, price, null, null, minStock, active);
    }
  }
}
