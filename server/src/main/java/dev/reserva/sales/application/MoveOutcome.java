package dev.reserva.sales.application;

import dev.reserva.sales.domain.OrderStatus;
import java.util.UUID;

/** What came of a person's wish to move an order. */
public sealed interface MoveOutcome {

  record Done(PlacedOrder order) implements MoveOutcome {}

  /** There is no such order, or the caller may not know of it. */
  record NoSuchOrder(UUID orderId) implements MoveOutcome {}

  /** The order stands where this cannot be done; nothing changed. */
  record WrongState(UUID orderId, OrderStatus status) implements MoveOutcome {}

  /** The buyer may not order any more; nothing changed. */
  record InactiveCustomer(UUID customerId) implements MoveOutcome {}
}
