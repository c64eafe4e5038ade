package dev.reserva.sales.application;

import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderState;
import java.util.List;

/** An order with its lines, as it is shown. */
public record PlacedOrder(OrderState state, List<OrderLine> lines) {
  public PlacedOrder {
    lines = List.copyOf(lines);
  }
}
