package dev.reserva.financial.application;

import dev.reserva.financial.application.PaymentProvider.Answer;
import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.application.PaymentProvider.Declined;
import dev.reserva.financial.application.PaymentProvider.Pending;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.SettledBy;
import dev.reserva.financial.domain.Settlement;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Ends a payment by what the provider calls in, or by what an operator knows. */
public final class SettlePayment {

  /** Longer than any webhook's signature is accepted. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final Payments payments;
  private final Refunds refunds;
  private final ReceivedWebhooks webhooks;
  private final Ids ids;
  private final Runnable refundsDue;

  public SettlePayment(
      Payments payments, Refunds refunds, ReceivedWebhooks webhooks, Ids ids, Runnable refundsDue) {
    this.payments = payments;
    this.refunds = refunds;
    this.webhooks = webhooks;
    this.ids = ids;
    this.refundsDue = refundsDue;
  }

  /** What came of it. */
  public sealed interface Outcome {
    /** It stands as was said, from now on or since before. */
    record Settled(Payment payment) implements Outcome {}

    record Unknown() implements Outcome {}

    /** It cannot be settled like that as it stands. Nothing changed. */
    record Refused(PaymentStatus status) implements Outcome {}

    /** This webhook took effect before. Nothing changed. */
    record Repeated() implements Outcome {}
  }

  /** An operator says how a payment ended that the provider waits with. */
  public Outcome byHand(UUID paymentId, Answer answer, Cause cause, UnitOfWork tx) {
    Payment payment = payments.lock(List.of(paymentId), tx).get(paymentId);
    if (payment == null) {
      return new Outcome.Unknown();
    }
    return payment.isWaiting()
        ? settle(payment, answer, SettledBy.OPERATOR, cause, tx)
        : new Outcome.Refused(payment.status());
  }

  /** The provider calls in how a payment ended, perhaps late, perhaps again. */
  public Outcome byWebhook(
      String webhookId, UUID paymentId, Answer answer, Cause cause, UnitOfWork tx) {
    Instant now = tx.now();
    if (!webhooks.remember(webhookId, now, now.minus(REMEMBERED), tx)) {
      return new Outcome.Repeated();
    }
    Payment payment = payments.lock(List.of(paymentId), tx).get(paymentId);
    return payment == null
        ? new Outcome.Unknown()
        : settle(payment, answer, SettledBy.WEBHOOK, cause, tx);
  }

  private Outcome settle(Payment payment, Answer answer, SettledBy by, Cause cause, UnitOfWork tx) {
    Instant now = tx.now();
    Settlement settlement =
        switch (answer) {
          case Approved(var transactionId) -> payment.approve(transactionId, by, now);
          case Declined(var reason) -> payment.decline(reason, by, now);
          case Pending() -> new Settlement.Unchanged();
        };
    if (settlement instanceof Settlement.Contradicted(var status)) {
      return new Outcome.Refused(status);
    }
    Announcements.settled(payment, settlement, cause, now, ids, tx)
        .ifPresent(owed -> {
          refunds.insert(List.of(owed), tx);
          tx.afterCommit(refundsDue);
        });
    payments.save(List.of(payment), tx);
    return new Outcome.Settled(payment);
  }
}
