package dev.reserva.messaging.faults;

import dev.reserva.messaging.faults.Ledger.Verdict;
import java.time.Duration;
import java.util.Locale;

/**
 * What became of a load and its answers in a fault.
 *
 * @param events events that were published, without their answers
 * @param repeated events and answers that came again and were refused by the inbox
 * @param reconnects connections to the broker that were opened
 * @param recovered from the end of the fault until an event published after it was answered
 * @param drained from the last event until all were answered
 * @param answering of the events in the database that handles them
 * @param asking of the answers in the database that published the events
 */
record Outcome(
    String fault,
    long events,
    long repeated,
    long reconnects,
    Duration recovered,
    Duration drained,
    Verdict answering,
    Verdict asking) {

  /** A row of the table in docs/reliability.md. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d | %d | %d | %.1f | %.1f |",
        fault,
        events,
        repeated,
        reconnects,
        answering.lost() + asking.lost(),
        answering.doubled() + asking.doubled(),
        answering.overtaken() + asking.overtaken(),
        recovered.toMillis() / 1e3,
        drained.toMillis() / 1e3);
  }
}
