package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import java.util.UUID;

/** A product as sales knows it from inventory: what it costs and whether it can be ordered. */
public record Product(UUID id, String sku, String name, Money price, boolean active) {

  public Product discontinued() {
    return new Product(id, sku, name, price, false);
  }
}
