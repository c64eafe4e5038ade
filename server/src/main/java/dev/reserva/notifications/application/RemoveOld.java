package dev.reserva.notifications.application;

import dev.reserva.messaging.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Removes messages and their history once they are older than they are kept. */
public final class RemoveOld {

  private static final int BATCH = 1_000;

  /** More than a day and the difference of any time zone. */
  private static final int COUNTED_DAYS = 3;

  private final Messages messages;
  private final History history;
  private final Allowances allowances;
  private final Transactions transactions;
  private final Duration retention;
  private final Clock clock;

  public RemoveOld(
      Messages messages,
      History history,
      Allowances allowances,
      Transactions transactions,
      Duration retention,
      Clock clock) {
    this.messages = messages;
    this.history = history;
    this.allowances = allowances;
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
    LocalDate past = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(COUNTED_DAYS);
    int uncounted = transactions.call(tx -> allowances.removeBefore(past, BATCH, tx));
    return removed == BATCH || forgotten == BATCH || uncounted == BATCH;
  }
}
