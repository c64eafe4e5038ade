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
 * Promises money back by hand, never more than was paid: promises race on the payment's lock, and
 * each counts from the moment it is made. Only money moves; the order is as it was.
 */
public final class RefundPayment {

  private final Payments payments;
  private final Refunds refunds;
  private final Ids ids;
  private final Runnable refundsDue;

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

  /** What came of it. */
  public sealed interface Outcome {
    /** The money is owed from now on, and given back as soon as the provider does. */
    record Promised(Payment payment) implements Outcome {}

    record Unknown() implements Outcome {}

    /** The payment is in another currency. */
    record OtherCurrency(String currency) implements Outcome {}

    /** It cannot be: {@link Owing} says why. Nothing changed. */
    record Refused(Owing why) implements Outcome {}
  }

  public Outcome refund(Request request, Cause cause, UnitOfWork tx) {
    Payment payment = payments.lock(List.of(request.paymentId()), tx).get(request.paymentId());
    if (payment == null) {
      return new Outcome.Unknown();
    }
    String currency = payment.terms().amount().currency();
    if (request.amount() != null && !request.amount().currency().equals(currency)) {
      return new Outcome.OtherCurrency(currency);
    }
    return switch (payment.owe(request.amount())) {
      case Owing.Owed(var amount) -> {
        refunds.insert(
            List.of(
                Refund.owed(
                    ids.next(),
                    payment.id(),
                    amount,
                    request.reason(),
                    Announcements.trail(cause),
                    tx.now())),
            tx);
        payments.save(List.of(payment), tx);
        tx.afterCommit(refundsDue);
        yield new Outcome.Promised(payment);
      }
      case Owing.TooMuch tooMuch -> new Outcome.Refused(tooMuch);
      case Owing.NothingLeft nothing -> new Outcome.Refused(nothing);
      case Owing.NotPaid notPaid -> new Outcome.Refused(notPaid);
    };
  }
}
