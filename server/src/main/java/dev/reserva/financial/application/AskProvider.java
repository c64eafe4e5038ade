package dev.reserva.financial.application;

import dev.reserva.financial.application.PaymentProvider.Abandoned;
import dev.reserva.financial.application.PaymentProvider.Absent;
import dev.reserva.financial.application.PaymentProvider.Answer;
import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.application.PaymentProvider.Charge;
import dev.reserva.financial.application.PaymentProvider.Declined;
import dev.reserva.financial.application.PaymentProvider.Pending;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.Refund;
import dev.reserva.financial.domain.SettledBy;
import dev.reserva.financial.domain.Settlement;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Failpoint;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the provider for the payments that are due, and records what it says.
 *
 * <p>An attempt is committed before its call, the call is outside any transaction, and its result
 * is committed after it. Whoever finds an attempt on record inquires before charging, so a crash or
 * a time-out anywhere in between takes no money twice.
 */
public final class AskProvider implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AskProvider.class);

  private final Payments payments;
  private final Refunds refunds;
  private final PaymentProvider provider;
  private final Transactions transactions;
  private final CallPolicy policy;
  private final Ids ids;
  private final Runnable refundsDue;
  private final RandomGenerator random;
  private final Calls.Carrier carrier;
  private final Calls<Result> calls;
  private final DueLooks looks;

  /** What came of asking for a payment. */
  private sealed interface Result {
    UUID payment();
  }

  private record Said(UUID payment, Answer answer) implements Result {}

  private record Abandonment(UUID payment) implements Result {}

  private record NoAnswer(UUID payment) implements Result {}

  /**
   * @param resultsReady lets {@link #step} run soon; called on any thread
   * @param refundsDue lets the refunds be paid soon; called after a commit
   */
  public AskProvider(
      Payments payments,
      Refunds refunds,
      PaymentProvider provider,
      Transactions transactions,
      CallPolicy policy,
      Ids ids,
      RandomGenerator random,
      Runnable resultsReady,
      Runnable refundsDue) {
    this(
        payments,
        refunds,
        provider,
        transactions,
        policy,
        ids,
        random,
        resultsReady,
        refundsDue,
        OutboundCalls.CARRIER);
  }

  /**
   * @param carrier see {@link Calls.Carrier}
   */
  public AskProvider(
      Payments payments,
      Refunds refunds,
      PaymentProvider provider,
      Transactions transactions,
      CallPolicy policy,
      Ids ids,
      RandomGenerator random,
      Runnable resultsReady,
      Runnable refundsDue,
      Calls.Carrier carrier) {
    this.payments = payments;
    this.refunds = refunds;
    this.provider = provider;
    this.transactions = transactions;
    this.policy = policy;
    this.ids = ids;
    this.random = random;
    this.refundsDue = refundsDue;
    this.carrier = carrier;
    this.calls =
        carrier.open("payment-provider", policy.maxCalls(), policy.timeLimit(), resultsReady);
    this.looks = new DueLooks(carrier.nanoTime());
  }

  /**
   * Claims new payments in the transaction that puts them on record, as far as calls are free; they
   * start when it has committed. The others stay due for {@link #step}.
   */
  void claimNew(Collection<Payment> fresh, Instant now, UnitOfWork tx) {
    List<Payment> claimed = fresh.stream().limit(calls.room()).toList();
    claim(claimed, now, tx);
    tx.afterCommit(() -> claimed.forEach(this::start));
  }

  /**
   * Records the results of finished calls and claims what is due, in one transaction, then starts
   * the calls.
   *
   * @return whether there may be more to do right away; results that arrive later wake the worker
   */
  public boolean step() {
    try (Transactions.Turn _ = transactions.awaitTurn()) {
      return step(calls.fetch(policy.maxCalls()));
    }
  }

  private boolean step(List<Result> results) {
    try {
      return recordAndClaim(results);
    } catch (DependencyUnavailable e) {
      calls.putBack(results);
      throw e;
    } catch (RuntimeException e) {
      if (results.isEmpty()) {
        throw e;
      }
      // One result that cannot be recorded must not hold up the others.
      LOG.warn("results are recorded one by one: count={}", results.size(), e);
      results.forEach(this::recordAlone);
      return true;
    }
  }

  private boolean recordAndClaim(List<Result> results) {
    long nanos = carrier.nanoTime();
    boolean look = results.isEmpty() || looks.isTime(nanos);
    Instant since = looks.since(nanos);
    Found found =
        transactions.call(tx -> {
          if (!results.isEmpty()) {
            record(results, tx);
          }
          return look ? claimDue(since, tx) : Found.NOTHING;
        });
    if (look) {
      looks.looked(since, found.until(), nanos);
    }
    List<Payment> claimed = found.claimed();
    claimed.forEach(this::start);
    return results.size() == policy.maxCalls() || !claimed.isEmpty();
  }

  private void recordAlone(Result result) {
    try {
      transactions.run(tx -> record(List.of(result), tx));
    } catch (RuntimeException e) {
      // Its lease ends, and the provider is asked again.
      LOG.error("result of a payment is not recorded: payment={}", result.payment(), e);
    }
  }

  private void record(List<Result> results, UnitOfWork tx) {
    Failpoint.AFTER_PROVIDER_CALL_BEFORE_RECORD.hit();
    Map<UUID, Payment> locked =
        payments.lock(results.stream().map(Result::payment).distinct().toList(), tx);
    Instant now = tx.now(); // an order that ended before the lock was had has ended before this
    List<Refund> owed = new ArrayList<>();
    for (Result result : results) {
      Payment payment = locked.get(result.payment());
      if (payment == null) {
        LOG.error("provider answered for a payment that is not on record: payment={}", result);
        continue;
      }
      Settlement settlement = apply(result, payment, now);
      if (settlement instanceof Settlement.Contradicted(var status)) {
        LOG.error("provider contradicts the books: payment={} status={}", payment.id(), status);
      }
      Announcements.settled(
              payment, settlement, Announcements.cause(payment.terms().trail()), now, ids, tx)
          .ifPresent(owed::add);
    }
    payments.save(locked.values(), tx);
    if (!owed.isEmpty()) {
      refunds.insert(owed, tx);
      tx.afterCommit(refundsDue);
    }
  }

  private Settlement apply(Result result, Payment payment, Instant now) {
    return switch (result) {
      case Said(_, Approved(var transactionId)) ->
          payment.approve(transactionId, SettledBy.PROVIDER, now);
      case Said(_, Declined(var reason)) -> payment.decline(reason, SettledBy.PROVIDER, now);
      case Said(_, Pending()) -> {
        payment.awaitBuyer(now.plus(policy.pendingInquiry()), now);
        yield new Settlement.Unchanged();
      }
      case Abandonment(_) -> payment.abandon(now);
      case NoAnswer(_) -> {
        payment.postpone(policy.backoff().after(payment.attempts(), random), now);
        yield new Settlement.Unchanged();
      }
    };
  }

  /**
   * What a look has found.
   *
   * @param until the time up to which nothing is left; absent when there was not room for all
   */
  private record Found(List<Payment> claimed, @Nullable Instant until) {
    static final Found NOTHING = new Found(List.of(), null);
  }

  private Found claimDue(Instant since, UnitOfWork tx) {
    Instant now = tx.now();
    int room = calls.room();
    List<Payment> due = payments.lockDue(policy.dueAt(now).since(since), room, tx);
    claim(due, now, tx);
    payments.save(due, tx);
    return new Found(due, due.size() < room ? now : null);
  }

  private void claim(List<Payment> due, Instant now, UnitOfWork tx) {
    Instant leaseEnds = now.plus(policy.lease());
    for (Payment payment : due) {
      if (payment.claim(leaseEnds)) {
        Announcements.processing(payment, Announcements.cause(payment.terms().trail()), tx);
      }
    }
  }

  private void start(Payment payment) {
    calls.start(
        () -> ask(payment),
        failure -> {
          LOG.info(
              "provider gave no answer: payment={} attempt={} failure={}",
              payment.id(),
              payment.attempts(),
              failure.getClass().getSimpleName());
          return new NoAnswer(payment.id());
        });
  }

  private Result ask(Payment payment) {
    Payment.Terms terms = payment.terms();
    Charge charge = new Charge(terms.id(), terms.amount(), terms.method(), terms.token());
    if (payment.isOrderCancelled() || payment.attempts() > policy.maxAttempts()) {
      return switch (provider.abandon(charge)) {
        case Approved approved -> new Said(terms.id(), approved);
        case Abandoned() -> new Abandonment(terms.id());
      };
    }
    if (payment.attempts() == 1) {
      return new Said(terms.id(), provider.charge(charge));
    }
    return switch (provider.inquire(terms.id())) {
      case Answer answer -> new Said(terms.id(), answer);
      case Absent() -> new Said(terms.id(), provider.charge(charge));
    };
  }

  /** Ends the calls under way; what they would have said is asked for by whoever runs next. */
  @Override
  public void close() {
    calls.close();
  }
}
