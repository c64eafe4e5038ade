package dev.reserva.financial.application;

import dev.reserva.contracts.Money;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentTerms;
import dev.reserva.financial.domain.Receivable;
import dev.reserva.financial.domain.ReceivableTerms;
import dev.reserva.financial.domain.Refund;
import dev.reserva.financial.domain.Settlement;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The receivables of the orders that a transaction touches. What happens to orders and payments is
 * entered here, and published.
 *
 * <p>A receivable that is missing is opened by the next step of its order or payment, whichever
 * comes first.
 */
final class ReceivableBook {

  private final Receivables receivables;
  private final UnitOfWork tx;
  private final Supplier<Map<UUID, Receivable>> locked;
  private @Nullable Map<UUID, Receivable> known;
  private final Map<UUID, Receivable> fresh = new LinkedHashMap<>();
  private final Map<UUID, Receivable> changed = new LinkedHashMap<>();

  /** Locks the receivables of these orders, before their notes and payments are locked. */
  ReceivableBook(Receivables receivables, Collection<UUID> orderIds, UnitOfWork tx) {
    this.receivables = receivables;
    this.tx = tx;
    this.locked = orderIds.isEmpty() ? Map::of : receivables.lock(orderIds, tx);
  }

  /**
   * Opens the receivable of an order, unless it has one.
   *
   * @return the receivable
   */
  Receivable open(UUID orderId, UUID customerId, Money amount, Cause cause, Instant now) {
    Receivable present = known().get(orderId);
    if (present != null) {
      return present;
    }
    Receivable opened = Receivable.opened(new ReceivableTerms(orderId, customerId, amount, now));
    known().put(orderId, opened);
    fresh.put(orderId, opened);
    Announcements.opened(opened, cause, tx);
    return opened;
  }

  /** Sets until when an order is to be paid. */
  void due(Receivable receivable, Instant at) {
    if (receivable.due(at)) {
      changed.put(receivable.id(), receivable);
    }
  }

  /** Enters what an answer about a payment came to. */
  void settle(Payment payment, Settlement settlement, Cause cause, Instant now) {
    switch (settlement) {
      case Settlement.Captured() -> capture(payment, true, cause, now);
      case Settlement.CapturedTooLate(_) -> capture(payment, false, cause, now);
      case Settlement.Waiting(var instructions) -> {
        if (instructions.payBy() != null) {
          due(of(payment, cause, now), instructions.payBy());
        }
      }
      case Settlement.Failed _,
          Settlement.Withdrawn _,
          Settlement.Unchanged _,
          Settlement.Contradicted _ -> {
        // The order's end cancels the receivable, not the payment's.
      }
    }
  }

  private void capture(Payment payment, boolean pays, Cause cause, Instant now) {
    Receivable receivable = of(payment, cause, now);
    changed.put(receivable.id(), receivable);
    if (receivable.capture(payment.id(), payment.terms().amount(), pays, now)) {
      Announcements.settled(receivable, payment, cause, tx);
    }
  }

  /** The order is dead. An order without a receivable gets none. */
  void cancel(UUID orderId, Cause cause, Instant now) {
    Receivable receivable = known().get(orderId);
    if (receivable != null && receivable.cancel(now)) {
      changed.put(orderId, receivable);
      Announcements.cancelled(receivable, cause, tx);
    }
  }

  /** The provider has given money back. */
  void refund(Payment payment, Refund refund, Instant now) {
    Receivable receivable = of(payment, Announcements.cause(refund.trail()), now);
    changed.put(receivable.id(), receivable);
    receivable.refund(refund.id(), refund.amount(), now);
  }

  private Receivable of(Payment payment, Cause cause, Instant now) {
    PaymentTerms terms = payment.terms();
    return open(terms.orderId(), terms.customerId(), terms.amount(), cause, now);
  }

  /** Writes what was entered. */
  void write() {
    receivables.add(fresh.values(), tx);
    changed.keySet().removeAll(fresh.keySet());
    receivables.save(changed.values(), tx);
  }

  private Map<UUID, Receivable> known() {
    if (known == null) {
      known = new HashMap<>(locked.get());
    }
    return known;
  }
}
