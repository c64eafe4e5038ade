package dev.reserva.financial.application;

import dev.reserva.financial.domain.Payment;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Asks the provider for the payments that are due, and records its answers. {@link ProviderLoop}
 * says when, {@link PaymentAttempts} says what is asked.
 */
public final class AskProvider implements AutoCloseable {

  private final PaymentAttempts attempts;
  private final ProviderLoop<Payment, PaymentAttempts.Result> loop;

  /**
   * @param due wakes the worker that calls {@link #step}; called on any thread
   * @param refundsDue wakes the worker that pays refunds; called after a commit
   */
  public AskProvider(
      Payments payments,
      Refunds refunds,
      Receivables receivables,
      Reviews reviews,
      Transactions transactions,
      ProviderAccess access,
      Ids ids,
      Runnable due,
      Runnable refundsDue) {
    this.attempts =
        new PaymentAttempts(
            payments,
            receivables,
            new Settlements(payments, refunds, ids, due, refundsDue),
            reviews,
            new Disagreements(ids),
            access);
    this.loop = new ProviderLoop<>(attempts, transactions, access, due);
  }

  /**
   * Claims new payments in the transaction that puts them on record, as far as calls are free;
   * their calls start when it has committed. The others stay due for {@link #step}.
   */
  void claimNew(Collection<Payment> fresh, Instant now, UnitOfWork tx) {
    List<Payment> claimed = fresh.stream().limit(loop.room()).toList();
    attempts.claim(claimed, now, tx);
    tx.afterCommit(() -> loop.start(claimed));
  }

  /**
   * Records the answers that have arrived and asks for what is due.
   *
   * @return whether there may be more to do at once
   */
  public boolean step() {
    return loop.step();
  }

  /** Interrupts the calls under way. The next claimant inquires about them. */
  @Override
  public void close() {
    loop.close();
  }
}
