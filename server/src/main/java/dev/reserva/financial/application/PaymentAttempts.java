package dev.reserva.financial.application;

import static java.util.Objects.requireNonNull;

import dev.reserva.financial.application.PaymentProvider.Abandoned;
import dev.reserva.financial.application.PaymentProvider.Absent;
import dev.reserva.financial.application.PaymentProvider.Answer;
import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.application.PaymentProvider.Charge;
import dev.reserva.financial.application.PaymentProvider.Decision;
import dev.reserva.financial.application.PaymentProvider.Declined;
import dev.reserva.financial.application.PaymentProvider.Pending;
import dev.reserva.financial.application.Settlements.Settled;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentTerms;
import dev.reserva.financial.domain.Review;
import dev.reserva.financial.domain.SettledBy;
import dev.reserva.financial.domain.Settlement;
import dev.reserva.messaging.Failpoint;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts to take the money of payments.
 *
 * <ul>
 *   <li>The first attempt charges. Every later one inquires first and charges only what the
 *       provider does not know, so no crash and no time-out takes the money twice.
 *   <li>A payment that is unwanted or replaced, whose due date has passed, or whose attempts are
 *       used up, is abandoned. As long as the buyer can pay, attempts are not counted.
 * </ul>
 */
final class PaymentAttempts implements ProviderWork<Payment, PaymentAttempts.Result> {

  private static final Logger LOG = LoggerFactory.getLogger(PaymentAttempts.class);

  private final Payments payments;
  private final Receivables receivables;
  private final Settlements settlements;
  private final Reviews reviews;
  private final Disagreements disagreements;
  private final ProviderAccess access;

  /** The outcome of one attempt. */
  sealed interface Result {
    PaymentTerms terms();

    default UUID payment() {
      return terms().id();
    }
  }

  private record Answered(PaymentTerms terms, Answer answer) implements Result {}

  private record GivenUp(PaymentTerms terms) implements Result {}

  private record Unanswered(PaymentTerms terms) implements Result {}

  PaymentAttempts(
      Payments payments,
      Receivables receivables,
      Settlements settlements,
      Reviews reviews,
      Disagreements disagreements,
      ProviderAccess access) {
    this.payments = payments;
    this.receivables = receivables;
    this.settlements = settlements;
    this.reviews = reviews;
    this.disagreements = disagreements;
    this.access = access;
  }

  @Override
  public String name() {
    return "payment";
  }

  @Override
  public List<Payment> claimDue(Due due, int limit, UnitOfWork tx) {
    List<Payment> found = payments.lockDue(due, limit, tx);
    claim(found, due.now(), tx);
    payments.save(found, tx);
    return found;
  }

  /**
   * Puts the next attempt of each payment on record; the caller saves them. Only the first attempt
   * is published: a provider that never answers must not fill the log.
   */
  void claim(List<Payment> due, Instant now, UnitOfWork tx) {
    Instant leaseEnds = now.plus(access.policy().lease());
    for (Payment payment : due) {
      if (payment.claim(leaseEnds)) {
        Announcements.processing(payment, tx);
      }
    }
  }

  @Override
  public Result ask(Payment payment) {
    PaymentProvider provider = access.provider();
    PaymentTerms terms = payment.terms();
    Charge charge = new Charge(terms.id(), terms.amount(), terms.choice());
    if (isToBeAbandoned(payment)) {
      return switch (provider.abandon(charge)) {
        case Approved approved -> new Answered(terms, approved);
        case Abandoned() -> new GivenUp(terms);
      };
    }
    if (payment.attempts() == 1) {
      return new Answered(terms, provider.charge(charge));
    }
    return switch (provider.inquire(terms.id())) {
      case Answer answer -> new Answered(terms, answer);
      case Absent() -> new Answered(terms, provider.charge(charge));
    };
  }

  private boolean isToBeAbandoned(Payment payment) {
    if (payment.state().isToBeAbandoned()) {
      return true;
    }
    Instant leaseEnds = requireNonNull(payment.state().dueAt(), "a claimed payment has a lease");
    return payment.hasDueDate()
        ? payment.isExpired(leaseEnds.minus(access.policy().lease()))
        : payment.attempts() > access.policy().maxAttempts();
  }

  @Override
  public Result unanswered(Payment payment, Throwable failure) {
    LOG.info(
        "provider gave no answer, it is asked again: payment={} attempt={} failure={}",
        payment.id(),
        payment.attempts(),
        failure.getClass().getSimpleName());
    return new Unanswered(payment.terms());
  }

  @Override
  public void record(List<Result> results, UnitOfWork tx) {
    Failpoint.AFTER_PROVIDER_CALL_BEFORE_RECORD.hit();
    var book =
        new ReceivableBook(
            receivables,
            results.stream().map(result -> result.terms().orderId()).distinct().toList(),
            tx);
    Map<UUID, Payment> locked =
        payments.lock(results.stream().map(Result::payment).distinct().toList(), tx);
    Instant now = tx.now(); // read under the locks, so after the end of any order that they saw
    List<Settled> settled = new ArrayList<>();
    List<Review> seen = new ArrayList<>();
    for (Result result : results) {
      Payment payment = locked.get(result.payment());
      if (payment == null) {
        LOG.error(
            "provider answered for a payment that is not on record, the answer is dropped: payment={}",
            result.payment());
        continue;
      }
      Settlement settlement = settle(payment, result, now);
      if (settlement instanceof Settlement.Contradicted(var status)) {
        LOG.error(
            "provider contradicts the books, which stay: payment={} status={}",
            payment.id(),
            status);
      }
      if (result instanceof Answered(_, Decision said)) {
        disagreements.of(payment, said, settlement, now).ifPresent(seen::add);
      }
      settled.add(new Settled(payment, settlement, Announcements.cause(payment.terms().trail())));
    }
    settlements.record(locked.values(), settled, book, now, tx);
    reviews.open(seen, tx);
  }

  private Settlement settle(Payment payment, Result result, Instant now) {
    return switch (result) {
      case Answered(_, Approved(var transactionId)) ->
          payment.approve(transactionId, SettledBy.PROVIDER, now);
      case Answered(_, Declined(var reason)) -> payment.decline(reason, SettledBy.PROVIDER, now);
      case Answered(_, Pending(var instructions)) ->
          payment.awaitBuyer(instructions, now.plus(access.policy().pendingInquiry()), now);
      case GivenUp(_) -> payment.abandon(now);
      case Unanswered(_) -> {
        payment.postpone(access.policy().backoff().after(payment.attempts(), access.random()), now);
        yield new Settlement.Unchanged();
      }
    };
  }

  @Override
  public UUID idOf(Result result) {
    return result.payment();
  }
}
