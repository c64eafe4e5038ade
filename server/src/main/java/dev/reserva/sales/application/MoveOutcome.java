package dev.reserva.sales.application;

import dev.reserva.contracts.Money;
import dev.reserva.sales.domain.OrderStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The result of a person's command about one order. */
public sealed interface MoveOutcome {

  /**
   * @param before the order's state before the command
   * @param previousTotal the total of a submitted draft before its submission; present only if it
   *     changed
   */
  record Done(PlacedOrder order, OrderStatus before, @Nullable Money previousTotal)
      implements MoveOutcome {
    Done(PlacedOrder order, OrderStatus before) {
      this(order, before, null);
    }
  }

  /** The draft is deleted. */
  record Deleted(UUID orderId) implements MoveOutcome {}

  record Refused(Refusal refusal) implements MoveOutcome {}
}
