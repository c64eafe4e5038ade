package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import java.util.UUID;

/** One product of an order, with its price and name at the time of the order. */
public record OrderLine(
    UUID productId, String sku, String name, Quantity quantity, Money unitPrice) {

  public Money total() {
    return unitPrice.times(quantity.value());
  }
}
