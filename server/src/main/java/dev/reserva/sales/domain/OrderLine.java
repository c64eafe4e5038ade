package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import java.util.UUID;

/** One product of an order, at the price and under the name that it had when it was ordered. */
public record OrderLine(
    UUID productId, String sku, String name, Quantity quantity, Money unitPrice) {

  public Money total() {
    return unitPrice.times(quantity.value());
  }
}
