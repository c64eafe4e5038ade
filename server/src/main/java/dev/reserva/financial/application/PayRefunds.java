package dev.reserva.financial.application;

import dev.reserva.contracts.FinancialEvent.PaymentRefunded;
import dev.reserva.financial.application.PaymentProvider.Refused;
import dev.reserva.financial.application.PaymentProvider.Repaid;
import dev.reserva.financial.application.PaymentProvider.Repay;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.Refund;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back what is owed. A refund stays owed, and is tried again, until the provider has given
 * the money; since the provider knows each refund by its key, it gives it once.
 */
public final class PayRefunds implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PayRefunds.class);

  private final Payments payments;
  private final Refunds refunds;
  private final PaymentProvider provider;
  private final Transactions transactions;
  private final CallPolicy policy;
  private final RandomGenerator random;
  private final Calls<Result> calls;

  private record Result(Refund refund, boolean repaid) {}

  private record Claimed(Refund refund, Payment payment) {}

  /**
   * @param resultsReady lets {@link #step} run soon; called on any thread
   */
  public PayRefunds(
      Payments payments,
      Refunds refunds,
      PaymentProvider provider,
      Transactions transactions,
      CallPolicy policy,
      RandomGenerator random,
      Runnable resultsReady) {
    this(
        payments,
        refunds,
        provider,
        transactions,
        policy,
        random,
        resultsReady,
        OutboundCalls.CARRIER);
  }

  /**
   * @param carrier see {@link Calls.Carrier}
   */
  public PayRefunds(
      Payments payments,
      Refunds refunds,
      PaymentProvider provider,
      Transactions transactions,
      CallPolicy policy,
      RandomGenerator random,
      Runnable resultsReady,
      Calls.Carrier carrier) {
    this.payments = payments;
    this.refunds = refunds;
    this.provider = provider;
    this.transactions = transactions;
    this.policy = policy;
    this.random = random;
    this.calls =
        carrier.open("refund-provider", policy.maxCalls(), policy.timeLimit(), resultsReady);
  }

  /**
   * Records the results of finished calls and claims what is due, in one transaction, then starts
   * the calls.
   *
   * @return whether there may be more to do right away
   */
  public boolean step() {
    List<Result> results = calls.fetch(policy.maxCalls());
    try {
      return recordAndClaim(results);
    } catch (DependencyUnavailable e) {
      calls.putBack(results);
      throw e;
    } catch (RuntimeException e) {
      if (results.isEmpty()) {
        throw e;
      }
      LOG.warn("results are recorded one by one: count={}", results.size(), e);
      results.forEach(this::recordAlone);
      return true;
    }
  }

  private boolean recordAndClaim(List<Result> results) {
    List<Claimed> claimed =
        transactions.call(tx -> {
          if (!results.isEmpty()) {
            record(results, tx);
          }
          return claim(tx);
        });
    claimed.forEach(this::start);
    return !results.isEmpty() || !claimed.isEmpty();
  }

  private void recordAlone(Result result) {
    try {
      transactions.run(tx -> record(List.of(result), tx));
    } catch (RuntimeException e) {
      LOG.error("result of a refund is not recorded: refund={}", result.refund().id(), e);
    }
  }

  private void record(List<Result> results, UnitOfWork tx) {
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
    for (Result result : results) {
      Refund refund = open.remove(result.refund().id());
      Payment payment = owing.get(result.refund().paymentId());
      if (refund == null || payment == null) {
        continue; // done before: two asked, and the provider gave the money once
      }
      if (result.repaid()) {
        boolean whole = payment.giveBack(refund.amount());
        changed.put(payment.id(), payment);
        done.add(refund);
        tx.publish(
            new PaymentRefunded(
                payment.id(),
                payment.terms().orderId(),
                refund.id(),
                refund.amount(),
                payment.refunded(),
                whole,
                refund.reason()),
            Announcements.cause(refund.trail()));
      } else {
        postponed.add(
            refund.postponed(now.plus(policy.backoff().after(refund.attempts(), random))));
      }
    }
    payments.save(changed.values(), tx);
    refunds.done(done, now, tx);
    refunds.save(postponed, tx);
  }

  private List<Claimed> claim(UnitOfWork tx) {
    Instant now = tx.now();
    Instant leaseEnds = now.plus(policy.lease());
    List<Refund> due =
        refunds.lockDue(policy.dueAt(now), calls.room(), tx).stream()
            .map(refund -> refund.claimed(leaseEnds))
            .toList();
    if (due.isEmpty()) {
      return List.of();
    }
    refunds.save(due, tx);
    // Not locked: what is read of a payment here was settled when the refund was promised.
    Map<UUID, Payment> paid =
        payments.find(due.stream().map(Refund::paymentId).distinct().toList(), tx);
    List<Claimed> claimed = new ArrayList<>();
    for (Refund refund : due) {
      Payment payment = paid.get(refund.paymentId());
      if (payment == null) {
        throw new IllegalStateException(
            "refund %s has no payment %s".formatted(refund.id(), refund.paymentId()));
      }
      claimed.add(new Claimed(refund, payment));
    }
    return claimed;
  }

  private void start(Claimed claimed) {
    Refund refund = claimed.refund();
    calls.start(
        () -> ask(refund, claimed.payment().transactionId()),
        failure -> {
          LOG.info(
              "provider gave no answer: refund={} attempt={} failure={}",
              refund.id(),
              refund.attempts(),
              failure.getClass().getSimpleName());
          return new Result(refund, false);
        });
  }

  private Result ask(Refund refund, String transactionId) {
    return switch (provider.refund(
        new Repay(refund.id(), refund.paymentId(), transactionId, refund.amount()))) {
      case Repaid() -> new Result(refund, true);
      case Refused(var reason) -> {
        LOG.warn(
            "provider refuses a refund, which stays owed: refund={} attempt={} reason={}",
            refund.id(),
            refund.attempts(),
            reason);
        yield new Result(refund, false);
      }
    };
  }

  /** Ends the calls under way; their refunds stay owed. */
  @Override
  public void close() {
    calls.close();
  }
}
