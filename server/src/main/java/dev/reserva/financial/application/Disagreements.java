package dev.reserva.financial.application;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.application.PaymentProvider.Decision;
import dev.reserva.financial.application.PaymentProvider.Declined;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.Refund;
import dev.reserva.financial.domain.Review;
import dev.reserva.financial.domain.ReviewKind;
import dev.reserva.financial.domain.SettledBy;
import dev.reserva.financial.domain.Settlement;
import dev.reserva.messaging.Ids;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Finds out whether what the provider says disagrees with the books. */
final class Disagreements {

  private final Ids ids;

  Disagreements(Ids ids) {
    this.ids = ids;
  }

  /**
   * @param settlement what the answer came to
   */
  Optional<Review> of(Payment payment, Decision said, Settlement settlement, Instant now) {
    return switch (settlement) {
      case Settlement.Contradicted(var status) ->
          Optional.of(contradicted(payment, said, status, now));
      case Settlement.Unchanged() when said instanceof Approved(var transaction) ->
          capturedAgain(payment, transaction, now);
      case Settlement.Unchanged _,
          Settlement.Captured _,
          Settlement.CapturedTooLate _,
          Settlement.Waiting _,
          Settlement.Failed _,
          Settlement.Withdrawn _ ->
          Optional.empty();
    };
  }

  private Review contradicted(Payment payment, Decision said, PaymentStatus status, Instant now) {
    String what =
        switch (said) {
          case Approved(var transaction) -> "took the money by " + transaction;
          case Declined(var reason) -> "did not take the money: " + reason;
        };
    return Review.opened(
        ids.next(),
        ReviewKind.CONTRADICTED,
        payment.id(),
        payment,
        payment.terms().amount(),
        "the payment is %s, and the provider says that it %s".formatted(status, what),
        now);
  }

  /**
   * What an operator reported has no transaction of the provider, nor has a webhook without one.
   */
  private Optional<Review> capturedAgain(Payment payment, String transaction, Instant now) {
    String unnamed = SettlePayment.unnamed(payment.id());
    boolean same =
        !payment.status().isCaptured()
            || payment.state().settledBy() == SettledBy.OPERATOR
            || transaction.equals(unnamed)
            || payment.transactionId().equals(unnamed)
            || payment.transactionId().equals(transaction);
    return same
        ? Optional.empty()
        : Optional.of(
            Review.opened(
                ids.next(),
                ReviewKind.CAPTURED_AGAIN,
                payment.id(),
                payment,
                payment.terms().amount(),
                "taken by %s, and the provider reports %s as well"
                    .formatted(payment.transactionId(), transaction),
                now));
  }

  Review unknownPayment(UUID paymentId, Instant now) {
    return Review.opened(
        ids.next(),
        ReviewKind.UNKNOWN_PAYMENT,
        paymentId,
        null,
        null,
        "a webhook names this payment, which is not on record",
        now);
  }

  Review wrongAmount(Payment payment, Money named, Instant now) {
    return Review.opened(
        ids.next(),
        ReviewKind.WRONG_AMOUNT,
        payment.id(),
        payment,
        named,
        "the payment is of %s, and a webhook says %s".formatted(payment.terms().amount(), named),
        now);
  }

  Review refundOwed(Payment payment, Refund refund, String why, Instant now) {
    return Review.opened(
        ids.next(), ReviewKind.REFUND_OWED, refund.id(), payment, refund.amount(), why, now);
  }

  Review refundedAgain(Payment payment, UUID refundId, Money amount, Instant now) {
    return Review.opened(
        ids.next(),
        ReviewKind.REFUNDED_AGAIN,
        refundId,
        payment,
        amount,
        "settled outside, and given back by the provider as well",
        now);
  }
}
