package dev.reserva.financial.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.contracts.Money;
import dev.reserva.financial.application.Payments;
import dev.reserva.financial.application.Refunds;
import dev.reserva.financial.application.Refunds.OnRecord;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentState;
import dev.reserva.financial.domain.SettledBy;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.timeline.OrderTraces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The payments of an order, with what the provider answered, and their refunds. */
public final class PaymentTraces implements OrderTraces {

  private final Payments payments;
  private final Refunds refunds;
  private final Transactions transactions;

  public PaymentTraces(Payments payments, Refunds refunds, Transactions transactions) {
    this.payments = payments;
    this.refunds = refunds;
    this.transactions = transactions;
  }

  /**
   * @param attempts how often the provider was asked
   * @param settledBy who decided how it ended
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PaymentFacts(
      UUID paymentId,
      Money amount,
      String method,
      String status,
      int attempts,
      @Nullable String settledBy,
      @Nullable String transactionId,
      @Nullable String failure,
      @Nullable UUID replaces,
      @Nullable Integer triesLeft) {

    static PaymentFacts of(Payment payment) {
      PaymentState state = payment.state();
      SettledBy by = state.settledBy();
      return new PaymentFacts(
          payment.id(),
          payment.terms().amount(),
          payment.terms().choice().method().wire(),
          payment.status().name(),
          payment.attempts(),
          by == null ? null : by.name(),
          state.transactionId(),
          state.failure(),
          payment.terms().replaces(),
          payment.mayBeTriedAgain() ? payment.terms().triesLeft() : null);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RefundFacts(
      UUID refundId, UUID paymentId, Money amount, @Nullable String reason, boolean outside) {

    static RefundFacts of(OnRecord refund) {
      return new RefundFacts(
          refund.id(), refund.paymentId(), refund.amount(), refund.reason(), refund.outside());
    }
  }

  @Override
  public String service() {
    return "financial";
  }

  @Override
  public List<Trace> of(UUID orderId, int limit) {
    List<Trace> traces = transactions.snapshot(tx -> read(orderId, limit, tx));
    return traces.subList(0, Math.min(limit, traces.size()));
  }

  private List<Trace> read(UUID orderId, int limit, UnitOfWork tx) {
    List<Trace> traces = new ArrayList<>();
    for (Payment payment :
        payments.list(new Payments.Filter(orderId, null, null), null, limit, tx)) {
      add(payment, traces);
      refunds.ofPayment(payment.id(), tx).forEach(refund -> add(refund, traces));
    }
    return traces;
  }

  private static void add(Payment payment, List<Trace> traces) {
    PaymentFacts facts = PaymentFacts.of(payment);
    traces.add(
        new Trace(
            payment.terms().createdAt(),
            Kind.PAYMENT,
            payment.id().toString(),
            "financial.payment.requested",
            payment.terms().trail().causationId(),
            null,
            "Payment of %s by %s is on record.".formatted(facts.amount(), facts.method()),
            facts));
    Instant ended = payment.state().processedAt();
    if (ended != null) {
      traces.add(
          new Trace(
              ended,
              Kind.PAYMENT,
              payment.id().toString(),
              "financial.payment." + end(payment),
              null,
              null,
              answer(payment),
              facts));
    }
  }

  /** As the event says that announced it. */
  private static String end(Payment payment) {
    return switch (payment.status()) {
      case SUCCEEDED, PARTIALLY_REFUNDED, REFUNDED -> "approved";
      case CANCELLED -> "cancelled";
      case FAILED -> "failed";
      case REQUESTED, PROCESSING -> "processing";
    };
  }

  private static String answer(Payment payment) {
    PaymentState state = payment.state();
    SettledBy by = state.settledBy();
    String told = by == null ? "" : " by " + by.name().toLowerCase(Locale.ROOT);
    return state.transactionId() != null
        ? "Payment approved%s at attempt %d, as transaction %s."
            .formatted(told, state.attempts(), state.transactionId())
        : "Payment %s%s at attempt %d: %s."
            .formatted(end(payment), told, state.attempts(), state.failure());
  }

  private static void add(OnRecord refund, List<Trace> traces) {
    RefundFacts facts = RefundFacts.of(refund);
    traces.add(
        new Trace(
            refund.createdAt(),
            Kind.REFUND,
            refund.id().toString(),
            "financial.refund.owed",
            null,
            null,
            "Refund of %s is owed.".formatted(refund.amount()),
            facts));
    Instant done = refund.doneAt();
    if (done != null) {
      traces.add(
          new Trace(
              done,
              Kind.REFUND,
              refund.id().toString(),
              "financial.payment.refunded",
              null,
              null,
              refund.outside()
                  ? "Refund of %s was given by another way than the provider."
                      .formatted(refund.amount())
                  : "Refund of %s was given by the provider.".formatted(refund.amount()),
              facts));
    }
  }
}
