package dev.reserva.sales.application;

import dev.reserva.sales.domain.CancellationReason;
import org.jspecify.annotations.Nullable;

/**
 * Why an order is to be cancelled.
 *
 * @param why absent if an operator named none; it is then a return if the goods have left,
 *     otherwise an operator's request
 * @param note free text of the person who cancels, 1..{@value #MAX_NOTE_LENGTH} characters
 */
public record Cancellation(@Nullable CancellationReason why, @Nullable String note) {

  public static final int MAX_NOTE_LENGTH = 500;

  /** No reason is named. */
  public static final Cancellation UNEXPLAINED = new Cancellation(null, null);
}
