package dev.reserva.messaging.store;

import dev.reserva.messaging.DeadLetters.Announcer;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.DeadLetters.Outcome;
import dev.reserva.messaging.UnitOfWork;
import java.sql.Connection;
import java.util.UUID;
import java.util.function.Consumer;

/** Operators' command to give an event up. The next event of its key is due at once. */
final class DiscardDeadLetters {

  private static final String CLOSE_DEAD_LETTER =
      "update messaging.dead_letter set status = 'DISCARDED', closed_at = clock_timestamp() where id = ?";
  private static final String DELETE_PARKED =
      "delete from messaging.parked where id = ? and status = 'DEAD'";
  private static final String COUNT_DISCARDED =
      "update messaging.subscription set discarded = discarded + 1 where name = ?";

  private final Announcer announcer;
  private final Consumer<String> released;

  /**
   * @param released called with the subscription's name after the commit
   */
  DiscardDeadLetters(Announcer announcer, Consumer<String> released) {
    this.announcer = announcer;
    this.released = released;
  }

  Outcome discard(UUID id, String reason, String by, UnitOfWork tx) {
    return DeadLetterLocks.ifOpen(
        Sql.connection(tx), id, letter -> discard(letter, reason, by, tx));
  }

  private Outcome discard(DeadLetter letter, String reason, String by, UnitOfWork tx) {
    Connection connection = Sql.connection(tx);
    Sql.update(connection, CLOSE_DEAD_LETTER, letter.id());
    Sql.update(connection, DELETE_PARKED, letter.id());
    Sql.update(connection, COUNT_DISCARDED, letter.subscription());
    ParkedRetries.makeHeadsDue(connection, letter.subscription(), letter.event().key());
    DeadLetterRows.recordAction(connection, "discarded", by, reason, letter.id());
    announcer.discarded(letter, reason, by, tx);
    tx.afterCommit(() -> released.accept(letter.subscription()));
    return new Outcome.Done(letter);
  }
}
