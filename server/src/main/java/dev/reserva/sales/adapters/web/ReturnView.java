package dev.reserva.sales.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.contracts.Money;
import dev.reserva.sales.adapters.web.OrderView.ItemView;
import dev.reserva.sales.domain.Return;
import dev.reserva.sales.domain.ReturnStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A return as the API shows it.
 *
 * @param refund what is to be given back
 * @param refunded what was given back
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReturnView(
    UUID id,
    UUID orderId,
    UUID customerId,
    @Schema(implementation = ReturnStatus.class) String status,
    List<ItemView> items,
    @Schema(description = "What is to be given back.") Money refund,
    @Schema(description = "What was given back: less than the refund if no more was left.")
        @Nullable Money refunded,
    boolean restock,
    @Schema(example = "MAIN") String location,
    String reason,
    @Schema(description = "Why less than the price is given back, or why it was rejected.")
        @Nullable String note,
    Instant createdAt,
    @Schema(description = "When it was approved or rejected.") @Nullable Instant decidedAt,
    @Nullable Instant receivedAt,
    @Nullable Instant refundedAt,
    int version) {

  static ReturnView of(Return goods) {
    return new ReturnView(
        goods.id(),
        goods.orderId(),
        goods.customerId(),
        goods.status().name(),
        goods.lines().stream().map(ItemView::of).toList(),
        goods.refund(),
        goods.refunded(),
        goods.destination().restock(),
        goods.destination().location(),
        goods.reason(),
        goods.note(),
        goods.requestedAt(),
        goods.decidedAt(),
        goods.receivedAt(),
        goods.refundedAt(),
        goods.version());
  }

  static String etag(Return goods) {
    return "\"" + goods.version() + "\"";
  }
}
