package dev.reserva.notifications.application;

import dev.reserva.messaging.Transactions;
import dev.reserva.notifications.application.History.End;
import dev.reserva.notifications.application.Messages.State;
import dev.reserva.notifications.domain.Status;
import java.util.List;

/**
 * Brings the ends of messages into the history. If the process dies in between, or the history
 * cannot be reached, a later call does it.
 */
public final class RecordEnds {

  static final int BATCH = 500;

  private final Messages messages;
  private final History history;
  private final Transactions transactions;

  public RecordEnds(Messages messages, History history, Transactions transactions) {
    this.messages = messages;
    this.history = history;
    this.transactions = transactions;
  }

  /**
   * @return whether there may be more to do at once
   */
  public boolean record() {
    List<State> ended = transactions.snapshot(tx -> messages.unrecorded(BATCH, tx));
    if (ended.isEmpty()) {
      return false;
    }
    history.settle(ended.stream().map(RecordEnds::end).toList());
    transactions.run(tx -> messages.recorded(ended.stream().map(State::id).toList(), tx));
    return ended.size() == BATCH;
  }

  private static End end(State state) {
    return new End(
        state.id(),
        state.status(),
        state.failure(),
        state.status() == Status.SENT ? state.endedAt() : null);
  }
}
