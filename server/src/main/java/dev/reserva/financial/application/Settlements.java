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
 * published, the money that is owed back, and the start or end of a payment that is held behind a
 * replaced one.
 */
final class Settlements {

  /** Why money goes back that was taken when nobody wanted it any more. */
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
   */
  void record(Collection<Payment> changed, List<Settled> settled, Instant now, UnitOfWork tx) {
    List<Refund> owed = new ArrayList<>();
    Map<UUID, Settled> replaced = new LinkedHashMap<>();
    for (Settled each : settled) {
      Payment payment = each.payment();
      Announcements.settled(payment, each.settlement(), each.cause(), tx);
      if (each.settlement() instanceof Settlement.CapturedTooLate(var amount)) {
        owed.add(
            Refund.owed(
                ids.next(),
                payment.id(),
                amount,
                TOO_LATE,
                Announcements.trail(each.cause()),
                now));
      }
      UUID next = payment.state().replacedBy();
      if (next != null) {
        replaced.put(next, each);
      }
    }
    payments.save(changed, tx);
    if (!owed.isEmpty()) {
      refunds.insert(owed, tx);
      tx.afterCommit(refundsDue);
    }
    if (!replaced.isEmpty()) {
      goOn(replaced, now, tx);
    }
  }

  /** Starts or ends the payments that take the place of those that are settled; by their id. */
  private void goOn(Map<UUID, Settled> replaced, Instant now, UnitOfWork tx) {
    List<Payment> changed = new ArrayList<>();
    payments
        .lock(replaced.keySet(), tx)
        .forEach((id, held) -> {
          Settled before = replaced.get(id);
          if (before != null && follow(held, before, now, tx)) {
            changed.add(held);
          }
        });
    payments.save(changed, tx);
  }

  private boolean follow(Payment held, Settled before, Instant now, UnitOfWork tx) {
    return switch (before.settlement()) {
      case Settlement.Withdrawn _ -> {
        boolean released = held.release(now);
        if (released) {
          tx.afterCommit(paymentsDue);
        }
        yield released;
      }
      case Settlement.Captured _ -> {
        Settlement end = held.giveWay(now);
        Announcements.settled(held, end, before.cause(), tx);
        yield end instanceof Settlement.Withdrawn;
      }
      case Settlement.CapturedTooLate _,
          Settlement.Waiting _,
          Settlement.Failed _,
          Settlement.Unchanged _,
          Settlement.Contradicted _ ->
          false;
    };
  }
}
