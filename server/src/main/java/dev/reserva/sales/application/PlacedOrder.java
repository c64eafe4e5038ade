package dev.reserva.sales.application;

import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderState;
import java.util.List;

/** An order with its lines. */
public record PlacedOrder(OrderState state, List<OrderLine> lines) {
  public PlacedOrder {
    lines = List.copyOf(lines);
  }
}
