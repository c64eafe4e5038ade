package dev.reserva.financial.application;

import dev.reserva.contracts.Money;
import dev.reserva.financial.domain.Owing;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.Refund;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Promises money back on request, never more than was paid: requests race on the payment's lock,
 * and a promise counts from the moment it is made. Only money moves; the order stays as it is.
 */
public final class RefundPayment {

  private final Payments payments;
  private final Refunds refunds;
  private final Ids ids;
  private final Runnable refundsDue;

  /**
   * @param refundsDue wakes the worker that pays refunds; called after a commit
   */
  public RefundPayment(Payments payments, Refunds refunds, Ids ids, Runnable refundsDue) {
    this.payments = payments;
    this.refunds = refunds;
    this.ids = ids;
    this.refundsDue = refundsDue;
  }

  /**
   * @param amount more than zero; all that is left when absent
   */
  public record Request(UUID paymentId, @Nullable Money amount, @Nullable String reason) {}

  /** The outcome of a request. */
  public sealed interface Outcome {
    /**
     * The money is owed from now on, and the provider is asked to give it.
     *
     * @param leftBefore what was neither given back nor promised before
     * @param left what is neither given back nor promised now
     */
    record Promised(Refunds.OnRecord refund, Money leftBefore, Money left) implements Outcome {}
  }

  /** Why no money is promised. Nothing changed. */
  public sealed interface Refusal extends Outcome {
    record Unknown() implements Refusal {}

    /** The payment is in another currency. */
    record OtherCurrency(String currency) implements Refusal {}

    /** The payment has {@value Refund#MAX_PER_PAYMENT} refunds. */
    record TooMany() implements Refusal {}

    /** The payment does not allow it. */
    record Impossible(Owing.Refusal why) implements Refusal {}
  }

  public Outcome refund(Request request, Cause cause, UnitOfWork tx) {
    Payment payment = payments.lock(List.of(request.paymentId()), tx).get(request.paymentId());
    if (payment == null) {
      return new Refusal.Unknown();
    }
    String currency = payment.terms().amount().currency();
    if (request.amount() != null && !request.amount().currency().equals(currency)) {
      return new Refusal.OtherCurrency(currency);
    }
    Money leftBefore = payment.balance().left();
    return switch (payment.owe(request.amount())) {
      case Owing.Owed _ when refunds.ofPayment(payment.id(), tx).size() >= Refund.MAX_PER_PAYMENT ->
          new Refusal.TooMany();
      case Owing.Owed(var amount) -> {
        Refund refund =
            Refund.owed(
                ids.next(),
                payment.id(),
                amount,
                request.reason(),
                Announcements.trail(cause),
                tx.now());
        refunds.insert(List.of(refund), tx);
        payments.save(List.of(payment), tx);
        tx.afterCommit(refundsDue);
        yield new Outcome.Promised(
            Refunds.OnRecord.owed(refund), leftBefore, payment.balance().left());
      }
      case Owing.Refusal why -> new Refusal.Impossible(why);
    };
  }
}
