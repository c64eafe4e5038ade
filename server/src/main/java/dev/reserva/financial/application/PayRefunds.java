package dev.reserva.financial.application;

import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;

/**
 * Gives back what is owed. A refund stays owed, and is tried again, until the provider has given
 * the money. {@link ProviderLoop} says when, {@link RefundAttempts} says what is asked.
 */
public final class PayRefunds implements AutoCloseable {

  private final ProviderLoop<RefundAttempts.Claimed, RefundAttempts.Result> loop;

  /**
   * @param resultsReady wakes the worker that calls {@link #step}; called on any thread
   */
  public PayRefunds(
      Payments payments,
      Refunds refunds,
      Receivables receivables,
      Reviews reviews,
      Transactions transactions,
      ProviderAccess access,
      Ids ids,
      Runnable resultsReady) {
    this.loop =
        new ProviderLoop<>(
            new RefundAttempts(payments, refunds, receivables, reviews, access, ids),
            transactions,
            access,
            resultsReady);
  }

  /**
   * Records the refunds that were paid and asks for those that are due.
   *
   * @return whether there may be more to do at once
   */
  public boolean step() {
    return loop.step();
  }

  /** Interrupts the calls under way. Their refunds stay owed. */
  @Override
  public void close() {
    loop.close();
  }
}
