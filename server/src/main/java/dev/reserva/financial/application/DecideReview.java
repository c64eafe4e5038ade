package dev.reserva.financial.application;

import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.Refund;
import dev.reserva.financial.domain.Review;
import dev.reserva.financial.domain.ReviewDecision;
import dev.reserva.financial.domain.ReviewKind;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person decides what the provider and the books disagree about. Only a refund that is owed moves
 * by a decision: it is tried again, or it is done because the money went back by another way.
 */
public final class DecideReview {

  private final Reviews reviews;
  private final Payments payments;
  private final Refunds refunds;
  private final Receivables receivables;
  private final Runnable refundsDue;

  /**
   * @param refundsDue wakes the worker that pays refunds; called after a commit
   */
  public DecideReview(
      Reviews reviews,
      Payments payments,
      Refunds refunds,
      Receivables receivables,
      Runnable refundsDue) {
    this.reviews = reviews;
    this.payments = payments;
    this.refunds = refunds;
    this.receivables = receivables;
    this.refundsDue = refundsDue;
  }

  /**
   * @param by name of the person
   */
  public record Request(UUID id, ReviewDecision decision, String reason, String by) {}

  /** The outcome of a decision. */
  public sealed interface Outcome {
    record Decided(Review review) implements Outcome {}

    record Unknown() implements Outcome {}

    /** It was decided before. Nothing changed. */
    record Over(Review review) implements Outcome {}

    /** Such a review is not decided like that. Nothing changed. */
    record Impossible(Review review) implements Outcome {}
  }

  public Outcome decide(Request request, UnitOfWork tx) {
    Review review = reviews.find(request.id(), tx).orElse(null);
    if (review == null) {
      return new Outcome.Unknown();
    }
    if (!review.isOpen()) {
      return new Outcome.Over(review);
    }
    if (!review.kind().allows(request.decision())) {
      return new Outcome.Impossible(review);
    }
    // What is decided is locked before the review, as by those who open reviews.
    Owed owed = review.kind() == ReviewKind.REFUND_OWED ? lock(review, tx) : null;
    boolean paid = review.kind() == ReviewKind.REFUND_OWED && owed == null;
    var verdict = new Review.Verdict(request.decision(), request.reason(), request.by(), tx.now());
    if (paid || !reviews.decide(review.id(), verdict, tx)) {
      return new Outcome.Over(reviews.find(request.id(), tx).orElse(review));
    }
    if (owed != null) {
      move(owed, request.decision(), verdict.at(), tx);
    }
    return new Outcome.Decided(review.decided(verdict));
  }

  private record Owed(Refund refund, Payment payment, ReceivableBook book) {}

  /** The refund that is owed, locked with its payment; absent when it is owed no more. */
  private @Nullable Owed lock(Review review, UnitOfWork tx) {
    UUID paymentId = review.paymentId();
    UUID orderId = review.orderId();
    if (paymentId == null || orderId == null) {
      throw new IllegalStateException("review %s has no payment".formatted(review.id()));
    }
    var book = new ReceivableBook(receivables, List.of(orderId), tx);
    Payment payment = payments.lock(List.of(paymentId), tx).get(paymentId);
    Refund refund = refunds.lockOpen(List.of(review.subject()), tx).get(review.subject());
    return payment == null || refund == null ? null : new Owed(refund, payment, book);
  }

  private void move(Owed owed, ReviewDecision decision, Instant now, UnitOfWork tx) {
    Refund refund = owed.refund();
    Payment payment = owed.payment();
    switch (decision) {
      case RETRY -> {
        refunds.save(List.of(refund.postponed(now)), tx);
        tx.afterCommit(refundsDue);
      }
      case SETTLED_OUTSIDE -> {
        boolean whole = payment.giveBack(refund.amount());
        payments.save(List.of(payment), tx);
        refunds.doneOutside(refund, now, tx);
        Announcements.refunded(payment, refund, whole, tx);
        owed.book().refund(payment, refund, now);
        owed.book().write();
      }
      case ACCEPT, RESOLVED ->
          throw new IllegalStateException("an owed refund is not decided by " + decision);
    }
  }
}
