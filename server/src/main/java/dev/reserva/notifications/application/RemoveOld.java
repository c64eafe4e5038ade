package dev.reserva.notifications.application;

import dev.reserva.messaging.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Removes messages and their history once they are older than they are kept. */
public final class RemoveOld {

  private static final int BATCH = 1_000;

  private final Messages messages;
  private final History history;
  private final Transactions transactions;
  private final Duration retention;
  private final Clock clock;

  public RemoveOld(
      Messages messages,
      History history,
      Transactions transactions,
      Duration retention,
      Clock clock) {
    this.messages = messages;
    this.history = history;
    this.transactions = transactions;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * @return whether there may be more to do at once
   */
  public boolean step() {
    Instant before = clock.instant().minus(retention);
    int removed = history.removeCreatedBefore(before, BATCH);
    int forgotten = transactions.call(tx -> messages.removeEndedBefore(before, BATCH, tx));
    return removed == BATCH || forgotten == BATCH;
  }
}
