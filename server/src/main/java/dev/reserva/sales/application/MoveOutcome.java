package dev.reserva.sales.application;

import dev.reserva.contracts.Money;
import org.jspecify.annotations.Nullable;

/** The result of a person's command about one order. */
public sealed interface MoveOutcome {

  /**
   * @param previousTotal the total of a submitted draft before its submission; present only if it
   *     changed
   */
  record Done(PlacedOrder order, @Nullable Money previousTotal) implements MoveOutcome {
    Done(PlacedOrder order) {
      this(order, null);
    }
  }

  /** The draft is deleted. */
  record Deleted() implements MoveOutcome {}

  record Refused(Refusal refusal) implements MoveOutcome {}
}
