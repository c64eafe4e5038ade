package dev.reserva.messaging.memory;

import dev.reserva.messaging.DeadLetters.Action;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.delivery.Cursors.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows that cursors, parking and dead letters share. */
final class MemoryRows {

  final MemoryTable<String, Cursor> subscriptions;
  final MemoryTable<UUID, Parked> parked;
  final MemoryTable<UUID, Letter> letters;

  MemoryRows(MemoryDatabase database) {
    subscriptions = database.table("subscription");
    parked = database.table("parked");
    letters = database.table("dead_letter");
  }

  record Cursor(
      long position,
      long epoch,
      @Nullable UUID owner,
      Instant leaseUntil,
      long delivered,
      long handled,
      long discarded,
      int number,
      long flagsFrom) {

    Cursor claimedBy(UUID newOwner, Instant until) {
      return new Cursor(
          position, epoch + 1, newOwner, until, delivered, handled, discarded, number, flagsFrom);
    }

    Cursor moved(Progress progress, @Nullable UUID newOwner, Instant until) {
      return new Cursor(
          progress.position(),
          epoch,
          newOwner,
          until,
          delivered + progress.delivered(),
          handled + progress.handled(),
          discarded,
          number,
          flagsFrom);
    }

    Cursor rewound(long to, long newFlagsFrom) {
      return new Cursor(
          to, epoch + 1, null, leaseUntil, delivered, handled, discarded, number, newFlagsFrom);
    }

    Cursor discardedOne() {
      return new Cursor(
          position, epoch, owner, leaseUntil, delivered, handled, discarded + 1, number, flagsFrom);
    }
  }

  enum Status {
    WAITING,
    RETRYING,
    DEAD
  }

  record Parked(
      UUID id,
      String subscription,
      long position,
      Event event,
      Status status,
      int attempts,
      @Nullable Instant dueAt,
      @Nullable Instant firstFailedAt) {

    Parked now(Status newStatus, @Nullable Instant newDueAt) {
      return new Parked(
          id, subscription, position, event, newStatus, attempts, newDueAt, firstFailedAt);
    }

    Parked anew(Event newEvent, Status newStatus, @Nullable Instant newDueAt) {
      return new Parked(
          id, subscription, position, newEvent, newStatus, 0, newDueAt, firstFailedAt);
    }
  }

  record Letter(
      DeadLetter letter,
      String status,
      String stackTrace,
      @Nullable String originalData,
      List<Action> actions) {

    Letter with(String newStatus, Action... more) {
      List<Action> all = new ArrayList<>(actions);
      all.addAll(List.of(more));
      return new Letter(letter, newStatus, stackTrace, originalData, List.copyOf(all));
    }
  }

  /** The parked events of a key, in order. */
  List<Parked> chain(String subscription, UUID key) {
    return of(subscription).stream().filter(p -> p.event().key().equals(key)).toList();
  }

  List<Parked> of(String subscription) {
    return parked.values().stream()
        .filter(p -> p.subscription().equals(subscription))
        .sorted(Comparator.comparingLong(Parked::position))
        .toList();
  }

  /** Makes the first parked event of a key due if it waits. */
  void promote(String subscription, UUID key, Instant now) {
    chain(subscription, key).stream()
        .findFirst()
        .filter(head -> head.status() == Status.WAITING)
        .ifPresent(head -> parked.put(head.id(), head.now(Status.RETRYING, now)));
  }

  Optional<Letter> letter(UUID id) {
    return letters.get(id);
  }

  /** The dead letter with the number of events that wait behind it now. */
  DeadLetter counted(DeadLetter letter) {
    long blocked =
        chain(letter.subscription(), letter.event().key()).stream()
            .filter(p -> p.position() > letter.position())
            .count();
    return new DeadLetter(
        letter.id(),
        letter.subscription(),
        letter.position(),
        letter.event(),
        letter.attempts(),
        letter.errorType(),
        letter.errorMessage(),
        letter.firstFailedAt(),
        letter.lastFailedAt(),
        blocked);
  }
}
