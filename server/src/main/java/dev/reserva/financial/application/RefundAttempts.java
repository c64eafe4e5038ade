package dev.reserva.financial.application;

import static java.util.Objects.requireNonNull;

import dev.reserva.financial.application.PaymentProvider.Refused;
import dev.reserva.financial.application.PaymentProvider.Repaid;
import dev.reserva.financial.application.PaymentProvider.Repay;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.Refund;
import dev.reserva.financial.domain.Review;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts to give money back. The provider knows each refund by its id, so it gives the money
 * once however often it is asked.
 */
final class RefundAttempts implements ProviderWork<RefundAttempts.Claimed, RefundAttempts.Result> {

  private static final Logger LOG = LoggerFactory.getLogger(RefundAttempts.class);

  private final Payments payments;
  private final Refunds refunds;
  private final Receivables receivables;
  private final Reviews reviews;
  private final Disagreements disagreements;
  private final ProviderAccess access;

  /**
   * A refund whose next attempt is on record.
   *
   * @param orderId the payment's order
   * @param transactionId the provider's reference of the payment
   */
  record Claimed(Refund refund, UUID orderId, String transactionId) {}

  /**
   * The outcome of one attempt.
   *
   * @param refusal why the provider refuses; absent if it has repaid, or gave no answer
   */
  record Result(Refund refund, UUID orderId, boolean repaid, @Nullable String refusal) {}

  RefundAttempts(
      Payments payments,
      Refunds refunds,
      Receivables receivables,
      Reviews reviews,
      ProviderAccess access,
      Ids ids) {
    this.payments = payments;
    this.refunds = refunds;
    this.receivables = receivables;
    this.reviews = reviews;
    this.disagreements = new Disagreements(ids);
    this.access = access;
  }

  @Override
  public String name() {
    return "refund";
  }

  @Override
  public List<Claimed> claimDue(Due due, int limit, UnitOfWork tx) {
    Instant leaseEnds = due.now().plus(access.policy().lease());
    List<Refund> claimed =
        refunds.lockDue(due, limit, tx).stream().map(refund -> refund.claimed(leaseEnds)).toList();
    if (claimed.isEmpty()) {
      return List.of();
    }
    refunds.save(claimed, tx);
    // Not locked: a payment's transaction does not change once a refund of it is promised.
    Map<UUID, Payment> paid =
        payments.find(claimed.stream().map(Refund::paymentId).distinct().toList(), tx);
    return claimed.stream()
        .map(refund -> {
          Payment payment =
              requireNonNull(
                  paid.get(refund.paymentId()),
                  () -> "refund %s has no payment %s".formatted(refund.id(), refund.paymentId()));
          return new Claimed(refund, payment.terms().orderId(), payment.transactionId());
        })
        .toList();
  }

  @Override
  public Result ask(Claimed claimed) {
    Refund refund = claimed.refund();
    return switch (access
        .provider()
        .refund(
            new Repay(refund.id(), refund.paymentId(), claimed.transactionId(), refund.amount()))) {
      case Repaid() -> new Result(refund, claimed.orderId(), true, null);
      case Refused(var reason) -> {
        LOG.warn(
            "provider refuses a refund, it stays owed and is tried again: refund={} attempt={} reason={}",
            refund.id(),
            refund.attempts(),
            reason);
        yield new Result(refund, claimed.orderId(), false, reason);
      }
    };
  }

  @Override
  public Result unanswered(Claimed claimed, Throwable failure) {
    LOG.info(
        "provider gave no answer, it is asked again: refund={} attempt={} failure={}",
        claimed.refund().id(),
        claimed.refund().attempts(),
        failure.getClass().getSimpleName());
    return new Result(claimed.refund(), claimed.orderId(), false, null);
  }

  @Override
  public void record(List<Result> results, UnitOfWork tx) {
    var book =
        new ReceivableBook(
            receivables, results.stream().map(Result::orderId).distinct().toList(), tx);
    Map<UUID, Payment> owing =
        payments.lock(
            results.stream().map(result -> result.refund().paymentId()).distinct().toList(), tx);
    Map<UUID, Refund> open =
        new HashMap<>(
            refunds.lockOpen(
                results.stream().map(result -> result.refund().id()).distinct().toList(), tx));
    Instant now = tx.now();
    Map<UUID, Payment> changed = new HashMap<>();
    List<Refund> done = new ArrayList<>();
    List<Refund> postponed = new ArrayList<>();
    List<Result> gone = new ArrayList<>();
    List<Review> seen = new ArrayList<>();
    for (Result result : results) {
      Refund refund = open.remove(result.refund().id());
      Payment payment = owing.get(result.refund().paymentId());
      if (refund == null || payment == null) {
        gone.add(result); // recorded before, by another process or by a person
        continue;
      }
      if (result.repaid()) {
        boolean whole = payment.giveBack(refund.amount());
        changed.put(payment.id(), payment);
        done.add(refund);
        Announcements.refunded(payment, refund, whole, tx);
        book.refund(payment, refund, now);
      } else {
        postponed.add(
            refund.postponed(
                now.plus(access.policy().backoff().after(refund.attempts(), access.random()))));
        String why = whyOwed(result, refund);
        if (why != null) {
          seen.add(disagreements.refundOwed(payment, refund, why, now));
        }
      }
    }
    seen.addAll(givenTwice(gone, owing, now, tx));
    payments.save(changed.values(), tx);
    refunds.done(done, now, tx);
    refunds.save(postponed, tx);
    book.write();
    reviews.open(seen, tx);
    reviews.resolveRefunds(
        done.stream().filter(refund -> refund.attempts() > 1).map(Refund::id).toList(), now, tx);
  }

  /** Why a person is to look at a refund that is still owed; absent while it is only late. */
  private @Nullable String whyOwed(Result result, Refund refund) {
    if (result.refusal() != null) {
      return "the provider refuses: " + result.refusal();
    }
    return refund.attempts() > access.policy().maxAttempts()
        ? "no answer of the provider after %d attempts".formatted(refund.attempts())
        : null;
  }

  /**
   * What the provider gave after a person had settled it outside. If two processes have asked, the
   * provider gave the money once.
   */
  private List<Review> givenTwice(
      List<Result> gone, Map<UUID, Payment> owing, Instant now, UnitOfWork tx) {
    List<Result> repaid = gone.stream().filter(Result::repaid).toList();
    Set<UUID> outside =
        refunds.settledOutside(repaid.stream().map(result -> result.refund().id()).toList(), tx);
    return repaid.stream()
        .map(Result::refund)
        .filter(refund -> outside.contains(refund.id()))
        .map(refund ->
            disagreements.refundedAgain(
                requireNonNull(owing.get(refund.paymentId())), refund.id(), refund.amount(), now))
        .toList();
  }

  @Override
  public UUID idOf(Result result) {
    return result.refund().id();
  }
}
