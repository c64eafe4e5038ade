package dev.reserva.inventory.application;

import dev.reserva.inventory.domain.Basket;
import dev.reserva.inventory.domain.Return;
import dev.reserva.messaging.Cause;
import java.util.UUID;

/** A step of an order that stock has to follow. */
public sealed interface OrderStep {

  UUID orderId();

  Cause cause();

  /** It wants stock. */
  record Submitted(UUID orderId, Basket basket, Cause cause) implements OrderStep {}

  /** It is paid. */
  record Paid(UUID orderId, Cause cause) implements OrderStep {}

  /** It is dead, before or after it got its stock. */
  record Cancelled(UUID orderId, String reason, Cause cause) implements OrderStep {}

  /** Some of its goods are back. */
  record Returned(Return goods, Cause cause) implements OrderStep {
    @Override
    public UUID orderId() {
      return goods.orderId();
    }
  }
}
