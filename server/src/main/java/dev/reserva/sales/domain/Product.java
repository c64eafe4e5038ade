package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.TaxRate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A product as sales knows it from inventory: what it costs and whether it can be ordered. */
public record Product(
    UUID id,
    String sku,
    String name,
    Money price,
    @Nullable TaxRate taxRate,
    @Nullable String taxCode,
    boolean active) {

  /** A product without tax. */
  public Product(UUID id, String sku, String name, Money price, boolean active) {
    this(id, sku, name, price, null, null, active);
  }

  public Product discontinued() {
    return new Product(id, sku, name, price, taxRate, taxCode, false);
  }
}
