package dev.reserva.financial.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.contracts.Money;
import dev.reserva.financial.domain.Payment;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A payment as the API shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PaymentView(
    UUID id,
    UUID orderId,
    Money amount,
    Money refunded,
    String status,
    String method,
    @Nullable String transactionId,
    @Nullable String failure,
    Instant createdAt,
    @Nullable Instant processedAt) {

  static PaymentView of(Payment payment) {
    Payment.Terms terms = payment.terms();
    Payment.State state = payment.state();
    return new PaymentView(
        terms.id(),
        terms.orderId(),
        terms.amount(),
        state.refunded(),
        state.status().name(),
        terms.method().wire(),
        state.transactionId(),
        state.failure(),
        terms.createdAt(),
        state.processedAt());
  }
}
