package dev.reserva.financial.application;

import dev.reserva.financial.application.OrderNotes.Awaiting;
import dev.reserva.financial.application.OrderNotes.Dead;
import dev.reserva.financial.domain.Payment;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waits for an order that a request names: an order of a moment ago is not yet known here.
 *
 * <p>A customer waits for another customer's order as long as for one that does not exist, so the
 * time of the answer does not tell them apart.
 */
public final class AwaitOrder {

  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final Payments payments;
  private final OrderNotes notes;
  private final Transactions transactions;
  private final Predicate<Duration> awaitCaughtUp;

  /**
   * @param awaitCaughtUp waits until everything that is in the log now has been handled, and says
   *     whether it was within the time
   */
  public AwaitOrder(
      Payments payments,
      OrderNotes notes,
      Transactions transactions,
      Predicate<Duration> awaitCaughtUp) {
    this.payments = payments;
    this.notes = notes;
    this.transactions = transactions;
    this.awaitCaughtUp = awaitCaughtUp;
  }

  /**
   * Returns when the order is known, and after two seconds at the latest.
   *
   * @param payer the customer whose order it must be; anybody's when absent
   * @return false if the order is not known and an event that announces it may be on its way
   */
  public boolean await(UUID orderId, @Nullable UUID payer) {
    long until = System.nanoTime() + LONGEST.toNanos();
    while (!transactions.snapshot(tx -> isKnown(orderId, payer, tx))) {
      Duration left = Duration.ofNanos(until - System.nanoTime());
      if (!left.isPositive()) {
        return true;
      }
      if (!awaitCaughtUp.test(left)) {
        return false;
      }
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private boolean isKnown(UUID orderId, @Nullable UUID payer, UnitOfWork tx) {
    Optional<Payment> payment = payments.findByOrder(orderId, tx);
    if (payment.isPresent()) {
      return payer == null || payer.equals(payment.get().terms().customerId());
    }
    return switch (notes.find(orderId, tx).orElse(null)) {
      case null -> false;
      case Dead _ -> payer == null;
      case Awaiting awaiting -> payer == null || payer.equals(awaiting.customerId());
    };
  }
}
