package dev.reserva.financial.application;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.application.PaymentProvider.Decision;
import dev.reserva.financial.application.PaymentProvider.Declined;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.Review;
import dev.reserva.financial.domain.SettledBy;
import dev.reserva.financial.domain.Settlement;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ends a payment as the provider calls in, or as an operator knows. */
public final class SettlePayment {

  /** Longer than any webhook's signature is accepted. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final Payments payments;
  private final Receivables receivables;
  private final Settlements settlements;
  private final ReceivedWebhooks webhooks;
  private final Reviews reviews;
  private final Disagreements disagreements;
  private final Runnable paymentsDue;

  /**
   * @param paymentsDue wakes the worker that asks the provider; called after a commit
   * @param refundsDue wakes the worker that pays refunds; called after a commit
   */
  public SettlePayment(
      Payments payments,
      Refunds refunds,
      Receivables receivables,
      ReceivedWebhooks webhooks,
      Reviews reviews,
      Ids ids,
      Runnable paymentsDue,
      Runnable refundsDue) {
    this.payments = payments;
    this.receivables = receivables;
    this.settlements = new Settlements(payments, refunds, ids, paymentsDue, refundsDue);
    this.webhooks = webhooks;
    this.reviews = reviews;
    this.disagreements = new Disagreements(ids);
    this.paymentsDue = paymentsDue;
  }

  /** The outcome of a webhook. */
  public sealed interface Received {
    /** This webhook took effect before. Nothing changed. */
    record Repeated() implements Received {}
  }

  /** The outcome of a settlement. */
  public sealed interface Outcome extends Received {
    /**
     * The payment has ended like that, now or before.
     *
     * @param before its status before
     */
    record Settled(Payment payment, PaymentStatus before) implements Outcome {}

    /** There is no such payment. */
    record Unknown() implements Outcome {}

    /** The payment's status does not allow it. Nothing changed. */
    record Refused(PaymentStatus status) implements Outcome {}

    /** The payment is of another amount. Nothing changed. */
    record OtherAmount(Money amount) implements Outcome {}
  }

  /**
   * What a webhook says.
   *
   * @param amount if the webhook names it
   */
  public record Report(
      String webhookId, UUID paymentId, Decision decision, @Nullable Money amount) {

    public Report(String webhookId, UUID paymentId, Decision decision) {
      this(webhookId, paymentId, decision, null);
    }
  }

  /** The transaction of money that a webhook reports without naming one. */
  public static String unnamed(UUID paymentId) {
    return "webhook_" + paymentId;
  }

  /** An operator says how a payment ended that waits for the buyer. */
  public Outcome byHand(UUID paymentId, Decision decision, Cause cause, UnitOfWork tx) {
    ReceivableBook book = lockReceivable(paymentId, tx);
    Payment payment = payments.lock(List.of(paymentId), tx).get(paymentId);
    if (payment == null) {
      return new Outcome.Unknown();
    }
    return payment.isWaiting()
        ? settle(payment, decision, SettledBy.OPERATOR, book, cause, tx)
        : new Outcome.Refused(payment.status());
  }

  /** The provider says how a payment ended, perhaps late, perhaps again. */
  public Received byWebhook(Report report, Cause cause, UnitOfWork tx) {
    Instant now = tx.now();
    if (!webhooks.remember(report.webhookId(), now, now.minus(REMEMBERED), tx)) {
      return new Received.Repeated();
    }
    ReceivableBook book = lockReceivable(report.paymentId(), tx);
    Payment payment = payments.lock(List.of(report.paymentId()), tx).get(report.paymentId());
    if (payment == null) {
      return new Outcome.Unknown();
    }
    Money amount = report.amount();
    return amount == null || amount.equals(payment.terms().amount())
        ? settle(payment, report.decision(), SettledBy.WEBHOOK, book, cause, tx)
        : new Outcome.OtherAmount(payment.terms().amount());
  }

  /**
   * Opens a review of a webhook that was refused. The refusal has changed nothing, so this is a
   * transaction of its own.
   */
  public void review(Report report, Outcome refused, UnitOfWork tx) {
    Payment payment = payments.find(List.of(report.paymentId()), tx).get(report.paymentId());
    Instant now = tx.now();
    Optional<Review> seen =
        switch (refused) {
          case Outcome.Settled _ -> Optional.empty();
          case Outcome.Unknown() ->
              payment == null
                  ? Optional.of(disagreements.unknownPayment(report.paymentId(), now))
                  : Optional.empty();
          case Outcome.Refused(var status) ->
              payment == null
                  ? Optional.empty()
                  : disagreements.of(
                      payment, report.decision(), new Settlement.Contradicted(status), now);
          case Outcome.OtherAmount _ ->
              payment == null || report.amount() == null
                  ? Optional.empty()
                  : Optional.of(disagreements.wrongAmount(payment, report.amount(), now));
        };
    reviews.open(seen.stream().toList(), tx);
  }

  /**
   * The provider says that something became of a payment, without saying how it ended: it is asked
   * at once if the payment waits for the buyer. A repeated webhook has no effect.
   */
  public void inquireByWebhook(String webhookId, UUID paymentId, UnitOfWork tx) {
    Instant now = tx.now();
    if (!webhooks.remember(webhookId, now, now.minus(REMEMBERED), tx)) {
      return;
    }
    Payment payment = payments.lock(List.of(paymentId), tx).get(paymentId);
    if (payment != null && payment.inquireNow(tx.now())) {
      payments.save(List.of(payment), tx);
      tx.afterCommit(paymentsDue);
    }
  }

  /** Locks the receivable of a payment's order, which is locked before the payment. */
  private ReceivableBook lockReceivable(UUID paymentId, UnitOfWork tx) {
    Payment payment = payments.find(List.of(paymentId), tx).get(paymentId);
    return new ReceivableBook(
        receivables, payment == null ? List.of() : List.of(payment.terms().orderId()), tx);
  }

  private Outcome settle(
      Payment payment,
      Decision decision,
      SettledBy by,
      ReceivableBook book,
      Cause cause,
      UnitOfWork tx) {
    Instant now = tx.now();
    PaymentStatus before = payment.status();
    Settlement settlement =
        switch (decision) {
          case Approved(var transactionId) -> payment.approve(transactionId, by, now);
          case Declined(var reason) -> payment.decline(reason, by, now);
        };
    if (settlement instanceof Settlement.Contradicted(var status)) {
      return new Outcome.Refused(status);
    }
    if (by == SettledBy.WEBHOOK) {
      reviews.open(disagreements.of(payment, decision, settlement, now).stream().toList(), tx);
    }
    settlements.record(
        List.of(payment),
        List.of(new Settlements.Settled(payment, settlement, cause)),
        book,
        now,
        tx);
    return new Outcome.Settled(payment, before);
  }
}
