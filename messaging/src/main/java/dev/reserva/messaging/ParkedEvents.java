package dev.reserva.messaging;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads which events wait in this database, and for what. {@link DeadLetters} has the commands on
 * those that a subscription has given up.
 */
public interface ParkedEvents {

  /**
   * The events that keys wait for: those that are retried, and those that are dead letters. The
   * highest key comes first.
   *
   * @param before only lower keys; null for all
   * @param limit most events, and most of each subscription that are looked at
   */
  List<Parked> heads(@Nullable UUID before, int limit, UnitOfWork snapshot);

  /** All parked events of a key, by subscription and in order. */
  List<Parked> ofKey(UUID key, int limit, UnitOfWork snapshot);

  /** The dead letters of a key, open or not, oldest first, with their actions. */
  List<DeadLetters.Detail> deadLettersOfKey(UUID key, int limit, UnitOfWork snapshot);

  /**
   * An event that a subscription has not handled yet.
   *
   * @param id also that of the dead letter, if it is one
   * @param attempts failed ones; 0 if it waits behind another event
   * @param dueAt when it is tried again; absent if it waits behind another one or is a dead letter
   * @param error the last failure; absent if it was never tried
   */
  record Parked(
      UUID id,
      String subscription,
      long position,
      State state,
      Event event,
      int attempts,
      @Nullable Instant dueAt,
      @Nullable Failure error) {}

  /**
   * @param type simple name of the failure
   * @param since when the event failed for the first time
   */
  record Failure(String type, String message, Instant since) {}

  /** What becomes of a parked event. */
  enum State {
    /** It waits behind an earlier event of its key. */
    WAITING,
    /** It is tried again when it is due. */
    RETRYING,
    /** An operator decides. */
    DEAD
  }
}
