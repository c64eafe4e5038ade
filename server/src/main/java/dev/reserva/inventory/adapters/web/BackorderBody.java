package dev.reserva.inventory.adapters.web;

import dev.reserva.inventory.domain.Backorder;
import dev.reserva.platform.web.InputErrors;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether orders of a product may wait for stock, in a request. */
record BackorderBody(
    @Schema(
            requiredMode = RequiredMode.REQUIRED,
            allowableValues = {"deny", "backorder", "preorder"},
            example = "backorder")
        @Nullable String policy,
    @Schema(
            minimum = "1",
            example = "50",
            description = "Most units that may be waited for at a time; absent for no limit.")
        @Nullable Integer limit,
    @Schema(description = "When the stock is expected. For a preorder, the release: required.")
        @Nullable Instant expectedAt) {

  /** Names the member that is wrong. */
  @Nullable Backorder parsed(InputErrors errors) {
    Backorder.Policy parsedPolicy =
        errors.required("/backorder/policy", policy, Backorder.Policy::ofWire);
    if (parsedPolicy == null) {
      return null;
    }
    boolean denied = parsedPolicy == Backorder.Policy.DENY;
    if (denied && limit != null) {
      errors.add("/backorder/limit", "must be absent for the policy deny");
    } else if (limit != null && limit < 1) {
      errors.add("/backorder/limit", "limit must be 1 or more, was " + limit);
    } else if (denied && expectedAt != null) {
      errors.add("/backorder/expectedAt", "must be absent for the policy deny");
    } else if (parsedPolicy == Backorder.Policy.PREORDER && expectedAt == null) {
      errors.add("/backorder/expectedAt", "expectedAt is required for the policy preorder");
    } else {
      return errors.check(
          "/backorder/expectedAt", () -> new Backorder(parsedPolicy, limit, expectedAt));
    }
    return null;
  }
}
