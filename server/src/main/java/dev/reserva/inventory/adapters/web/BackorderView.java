package dev.reserva.inventory.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.inventory.domain.Backorder;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether orders of a product may wait for stock, as the API shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BackorderView(
    @Schema(allowableValues = {"deny", "backorder", "preorder"}) String policy,
    @Schema(description = "Most units that may be waited for at a time; absent for no limit.")
        @Nullable Integer limit,
    @Schema(description = "When the stock is expected; of a preorder, its release.")
        @Nullable Instant expectedAt) {

  static BackorderView of(Backorder backorder) {
    return new BackorderView(backorder.policy().wire(), backorder.limit(), backorder.expectedAt());
  }
}
