package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.TaxRate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A product as sales knows it from inventory: what it costs and whether it can be ordered.
 *
 * @param bundle the units of each part, by product and in their order; empty if it is no bundle
 */
public record Product(
    UUID id,
    String sku,
    String name,
    Money price,
    @Nullable TaxRate taxRate,
    @Nullable String taxCode,
    boolean active,
    SequencedMap<UUID, Integer> bundle) {

  private static final SequencedMap<UUID, Integer> NO_BUNDLE =
      Collections.unmodifiableSequencedMap(new LinkedHashMap<>());

  public Product {
    bundle = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(bundle));
  }

  /** A product that is no bundle. */
  public Product(
      UUID id,
      String sku,
      String name,
      Money price,
      @Nullable TaxRate taxRate,
      @Nullable String taxCode,
      boolean active) {
    this(id, sku, name, price, taxRate, taxCode, active, NO_BUNDLE);
  }

  /** A product that is no bundle, without tax. */
  public Product(UUID id, String sku, String name, Money price, boolean active) {
    this(id, sku, name, price, null, null, active);
  }

  public Product discontinued() {
    return new Product(id, sku, name, price, taxRate, taxCode, false, bundle);
  }
}
