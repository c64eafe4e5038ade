package dev.reserva.financial.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.contracts.Money;
import dev.reserva.financial.domain.Review;
import dev.reserva.financial.domain.ReviewDecision;
import dev.reserva.financial.domain.ReviewKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A review as the API shows it.
 *
 * @param refundId of a review about a refund
 * @param paymentId also of a payment that is not on record
 * @param times how often it was seen since {@code openedAt}
 * @param by who decided
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReviewView(
    UUID id,
    @Schema(implementation = ReviewKind.class) String kind,
    @Schema(allowableValues = {"OPEN", "DECIDED"}) String status,
    @Nullable UUID paymentId,
    @Nullable UUID orderId,
    @Nullable UUID refundId,
    @Nullable Money amount,
    @Schema(description = "What the provider says, and what the books say.") String detail,
    int times,
    Instant openedAt,
    Instant lastAt,
    @Schema(implementation = ReviewDecision.class) @Nullable String decision,
    @Nullable String reason,
    @Schema(description = "Who decided.") @Nullable String by,
    @Nullable Instant decidedAt) {

  static ReviewView of(Review review) {
    Review.Verdict verdict = review.verdict();
    boolean ofRefund =
        switch (review.kind()) {
          case REFUND_OWED, REFUNDED_AGAIN -> true;
          case CAPTURED_AGAIN, CONTRADICTED, WRONG_AMOUNT, UNKNOWN_PAYMENT -> false;
        };
    return new ReviewView(
        review.id(),
        review.kind().name(),
        verdict == null ? "OPEN" : "DECIDED",
        ofRefund ? review.paymentId() : review.subject(),
        review.orderId(),
        ofRefund ? review.subject() : null,
        review.amount(),
        review.detail(),
        review.times(),
        review.openedAt(),
        review.lastAt(),
        verdict == null ? null : verdict.decision().name(),
        verdict == null ? null : verdict.reason(),
        verdict == null ? null : verdict.by(),
        verdict == null ? null : verdict.at());
  }
}
