package dev.reserva.sales.adapters.web;

import static java.util.Objects.requireNonNull;

import dev.reserva.platform.web.InputErrors;
import dev.reserva.sales.application.StatusChange;
import dev.reserva.sales.domain.OrderStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/** {@code PUT /api/orders/{id}/status} */
@Schema(name = "OrderStatusBody")
record StatusBody(
    @Schema(
            requiredMode = RequiredMode.REQUIRED,
            implementation = OrderStatus.class,
            example = "SHIPPED")
        @Nullable String status,
    @Schema(
            minLength = 1,
            maxLength = StatusChange.MAX_REASON_LENGTH,
            example = "handed over in the shop",
            description = "For SHIPPED, DELIVERED and COMPLETED \"set by hand\" if it is absent.")
        @Nullable String reason) {

  /**
   * @throws dev.reserva.platform.web.Problem 400 with everything that is wrong
   */
  StatusChange parsed() {
    var errors = new InputErrors();
    OrderStatus wanted = errors.required("/status", status, OrderRequests::status);
    String why = errors.optional("/reason", reason, StatusChange::reason);
    errors.throwIfAny();
    return switch (requireNonNull(wanted)) {
      case SHIPPED -> new StatusChange.Shipped(override(why));
      case DELIVERED -> new StatusChange.Delivered(override(why));
      case COMPLETED -> new StatusChange.Completed(override(why));
      case CANCELLED -> new StatusChange.Cancelled(OrderRequests.byOperator(why, null));
      case DRAFT, PENDING, PENDING_PAYMENT, PAID, CONFIRMED, FAILED ->
          new StatusChange.Impossible(wanted);
    };
  }

  private static String override(@Nullable String why) {
    return why == null ? StatusChange.WITHOUT_REASON : why;
  }
}
