package dev.reserva.sales.application;

import dev.reserva.contracts.Text;
import dev.reserva.sales.domain.OrderStatus;
import org.jspecify.annotations.Nullable;

/** The state that an operator sets an order to. */
public sealed interface StatusChange {

  /** Why an operator overrides the shipments; absent if this overrides none. */
  default @Nullable String override() {
    return switch (this) {
      case Shipped(var reason) -> reason;
      case Delivered(var reason) -> reason;
      case Completed(var reason) -> reason;
      case Cancelled _, Impossible _ -> null;
    };
  }

  /** To SHIPPED, which follows from the order's shipments otherwise. */
  record Shipped(String reason) implements StatusChange {}

  /** To DELIVERED, which follows from the order's shipments otherwise. */
  record Delivered(String reason) implements StatusChange {}

  /** To COMPLETED, which follows from the order's shipments otherwise. */
  record Completed(String reason) implements StatusChange {}

  record Cancelled(Cancellation cancellation) implements StatusChange {}

  /** To a state that nobody can set. */
  record Impossible(OrderStatus status) implements StatusChange {}

  int MAX_REASON_LENGTH = Cancellation.MAX_NOTE_LENGTH;

  /** The reason of an operator who overrides the shipments and gives none. */
  String WITHOUT_REASON = "set by hand";

  /**
   * Why an operator overrides the shipments.
   *
   * @throws IllegalArgumentException if it is empty or longer than {@value #MAX_REASON_LENGTH}
   *     characters
   */
  static String reason(String text) {
    return Text.lines("reason", text, 1, MAX_REASON_LENGTH);
  }
}
