package dev.reserva.financial.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.contracts.Money;
import dev.reserva.financial.application.FindPayments;
import dev.reserva.financial.application.Refunds;
import dev.reserva.financial.domain.Instructions;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.financial.domain.PaymentState;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.PaymentTerms;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment as the API shows it.
 *
 * @param code while the payment waits for the buyer: what to pay with
 * @param dueAt while the payment waits for the buyer: until when the code can be paid
 * @param replaces the payment whose place this one takes
 * @param triesLeft when it has failed and the buyer may try to pay the order with another payment:
 *     how often
 * @param refunds where one payment is asked for: oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PaymentView(
    UUID id,
    UUID orderId,
    Money amount,
    Money refunded,
    @Schema(implementation = PaymentStatus.class) String status,
    @Schema(implementation = PaymentMethod.class) String method,
    @Nullable String code,
    @Nullable Instant dueAt,
    @Nullable UUID replaces,
    @Nullable String transactionId,
    @Schema(description = "Why it failed.") @Nullable String failure,
    @Schema(description = "How often the buyer may try again.") @Nullable Integer triesLeft,
    Instant createdAt,
    @Nullable Instant processedAt,
    @Nullable List<RefundView> refunds) {

  static PaymentView of(Payment payment) {
    return of(payment, null);
  }

  static PaymentView of(FindPayments.Found found) {
    return of(found.payment(), found.refunds().stream().map(RefundView::of).toList());
  }

  private static PaymentView of(Payment payment, @Nullable List<RefundView> refunds) {
    PaymentTerms terms = payment.terms();
    PaymentState state = payment.state();
    Instructions instructions = Objects.requireNonNullElse(state.instructions(), Instructions.NONE);
    return new PaymentView(
        terms.id(),
        terms.orderId(),
        terms.amount(),
        state.balance().refunded(),
        state.status().name(),
        terms.choice().method().wire(),
        instructions.code(),
        instructions.payBy(),
        terms.replaces(),
        state.transactionId(),
        state.failure(),
        payment.mayBeTriedAgain() ? terms.triesLeft() : null,
        terms.createdAt(),
        state.processedAt(),
        refunds);
  }

  /**
   * A refund as the API shows it.
   *
   * @param status PENDING while the money is owed, SUCCEEDED once the provider has given it
   * @param settledOutside whether it was given by another way than the provider
   * @param processedAt when it was given
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RefundView(
      UUID id,
      UUID paymentId,
      Money amount,
      @Schema(allowableValues = {"PENDING", "SUCCEEDED"}) String status,
      @Nullable String reason,
      @Schema(description = "True if it was given by another way than the provider.")
          @Nullable Boolean settledOutside,
      Instant createdAt,
      @Nullable Instant processedAt) {

    static RefundView of(Refunds.OnRecord refund) {
      return new RefundView(
          refund.id(),
          refund.paymentId(),
          refund.amount(),
          refund.doneAt() == null ? "PENDING" : "SUCCEEDED",
          refund.reason(),
          refund.outside() ? true : null,
          refund.createdAt(),
          refund.doneAt());
    }
  }
}
