package dev.reserva.financial.application;

import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.Refund;
import dev.reserva.financial.domain.Settlement;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Records what answers about payments came to, with everything that follows: the facts that are
 * published, what becomes of the receivable, the money that is owed back, and the start or end of a
 * payment that is held behind a replaced one.
 */
final class Settlements {

  /** Why unwanted money goes back. */
  private static final String TOO_LATE = "captured_too_late";

  private final Payments payments;
  private final Refunds refunds;
  private final Ids ids;
  private final Runnable paymentsDue;
  private final Runnable refundsDue;

  /**
   * @param paymentsDue wakes the worker that asks the provider; called after a commit
   * @param refundsDue wakes the worker that pays refunds; called after a commit
   */
  Settlements(
      Payments payments, Refunds refunds, Ids ids, Runnable paymentsDue, Runnable refundsDue) {
    this.payments = payments;
    this.refunds = refunds;
    this.ids = ids;
    this.paymentsDue = paymentsDue;
    this.refundsDue = refundsDue;
  }

  /** What an answer about a locked payment came to. */
  record Settled(Payment payment, Settlement settlement, Cause cause) {}

  /**
   * @param changed payments that this transaction has locked: those that are settled, and any
   *     others that changed with them
   * @param receivables those of the payments' orders, which the transaction has locked before
   */
  void record(
      Collection<Payment> changed,
      List<Settled> settled,
      ReceivableBook receivables,
      Instant now,
      UnitOfWork tx) {
    List<Refund> owed = new ArrayList<>();
    Map<UUID, Settled> ended = new LinkedHashMap<>();
    for (Settled each : settled) {
      Payment payment = each.payment();
      Announcements.settled(payment, each.settlement(), each.cause(), tx);
      receivables.settle(payment, each.settlement(), each.cause(), now);
      switch (each.settlement()) {
        case Settlement.CapturedTooLate(var amount) ->
            owed.add(
                Refund.owed(
                    ids.next(),
                    payment.id(),
                    amount,
                    TOO_LATE,
                    Announcements.trail(each.cause()),
                    now));
        case Settlement.Captured _, Settlement.Withdrawn _ -> {
          UUID next = payment.state().replacedBy();
          if (next != null) {
            ended.put(next, each);
          }
        }
        case Settlement.Waiting _,
            Settlement.Failed _,
            Settlement.Unchanged _,
            Settlement.Contradicted _ -> {
          // Nothing follows but what is announced.
        }
      }
    }
    payments.save(changed, tx);
    receivables.write();
    if (!owed.isEmpty()) {
      refunds.insert(owed, tx);
      tx.afterCommit(refundsDue);
    }
    if (!ended.isEmpty()) {
      goOn(ended, now, tx);
    }
  }

  /**
   * Starts or ends the payments that are held behind replaced ones.
   *
   * @param ended the replaced payments, by the id of the one that is held
   */
  private void goOn(Map<UUID, Settled> ended, Instant now, UnitOfWork tx) {
    Map<UUID, Payment> held = payments.lock(ended.keySet(), tx);
    ended.forEach((id, before) -> {
      Payment payment = held.get(id);
      if (payment == null) {
        throw new IllegalStateException(
            "payment %s is replaced by %s, which is not on record"
                .formatted(before.payment().id(), id));
      }
      if (before.settlement() instanceof Settlement.Captured) {
        Announcements.settled(payment, payment.giveWay(now), before.cause(), tx);
      } else if (payment.release(now)) {
        tx.afterCommit(paymentsDue);
      }
    });
    payments.save(held.values(), tx);
  }
}
