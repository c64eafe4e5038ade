package dev.reserva.messaging.memory;

import dev.reserva.messaging.DeadLetters.Action;
import dev.reserva.messaging.DeadLetters.Announcer;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.Cursors;
import dev.reserva.messaging.delivery.Parking;
import dev.reserva.messaging.memory.MemoryRows.Letter;
import dev.reserva.messaging.memory.MemoryRows.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Parked events in a {@link MemoryDatabase}. */
public final class MemoryParking implements Parking {

  private final MemoryDatabase database;
  private final MemoryRows rows;
  private final EventCatalogue catalogue;
  private final Ids ids;
  private final Clock clock;
  private final Announcer announcer;
  private final Faults faults;

  public MemoryParking(
      MemoryDatabase database,
      EventCatalogue catalogue,
      Ids ids,
      Clock clock,
      Announcer announcer,
      Faults faults) {
    this.database = database;
    this.rows = new MemoryRows(database);
    this.catalogue = catalogue;
    this.ids = ids;
    this.clock = clock;
    this.announcer = announcer;
    this.faults = faults;
  }

  @Override
  public Map<UUID, Long> parkedHeads(UnitOfWork tx, String subscription, Collection<UUID> keys) {
    Map<UUID, Long> heads = new HashMap<>();
    rows.of(subscription).stream()
        .filter(parked -> keys.contains(parked.event().key()))
        .forEach(parked -> heads.putIfAbsent(parked.event().key(), parked.position()));
    return heads;
  }

  @Override
  public int parkBehind(UnitOfWork tx, String subscription, List<Message> messages) {
    int added = 0;
    for (Message message : messages) {
      if (find(subscription, message).isEmpty()) {
        UUID id = ids.next();
        rows.parked.put(
            id,
            new MemoryRows.Parked(
                id,
                subscription,
                message.position(),
                message.event(),
                Status.WAITING,
                0,
                null,
                null));
        added++;
      }
    }
    return added;
  }

  private Optional<MemoryRows.Parked> find(String subscription, Message message) {
    return rows.of(subscription).stream()
        .filter(parked -> parked.event().id().equals(message.event().id()))
        .findFirst();
  }

  @Override
  public void parkFailed(UnitOfWork tx, String subscription, Message message, Failure failure) {
    Instant now = clock.instant();
    Optional<MemoryRows.Parked> before = find(subscription, message);
    UUID id = before.map(MemoryRows.Parked::id).orElseGet(ids::next);
    Duration retryIn = failure.retryIn();
    @Nullable Instant firstFailedAt = before.map(MemoryRows.Parked::firstFailedAt).orElse(null);
    Instant first = firstFailedAt == null ? now : firstFailedAt;
    rows.parked.put(
        id,
        new MemoryRows.Parked(
            id,
            subscription,
            message.position(),
            message.event(),
            retryIn == null ? Status.DEAD : Status.RETRYING,
            failure.attempts(),
            retryIn == null ? null : now.plus(retryIn),
            first));
    rows.chain(subscription, message.key()).stream()
        .filter(p -> p.position() > message.position() && p.status() == Status.RETRYING)
        .forEach(p -> rows.parked.put(p.id(), p.now(Status.WAITING, null)));
    if (retryIn == null) {
      recordDeadLetter(tx, subscription, message, failure, id, first);
    }
  }

  private void recordDeadLetter(
      UnitOfWork tx,
      String subscription,
      Message message,
      Failure failure,
      UUID id,
      Instant firstFailedAt) {
    Optional<Letter> before = rows.letter(id);
    DeadLetter letter =
        new DeadLetter(
            id,
            subscription,
            message.position(),
            message.event(),
            failure.attempts() + before.map(l -> l.letter().attempts()).orElse(0),
            failure.type(),
            failure.message(),
            firstFailedAt,
            clock.instant(),
            0);
    Action action = new Action(clock.instant(), "dead_lettered", "reserva", failure.message());
    rows.letters.put(
        id,
        new Letter(
                letter,
                "OPEN",
                failure.stackTrace(),
                before.map(Letter::originalData).orElse(null),
                before.map(Letter::actions).orElse(List.of()))
            .with("OPEN", action));
    announcer.deadLettered(rows.counted(letter), tx);
  }

  @Override
  public List<Parked> due(String subscription, int limit) {
    faults.at(Faults.Point.CALL);
    Instant now = clock.instant();
    return database.reading(() ->
        rows.of(subscription).stream()
            .filter(p -> p.status() == Status.RETRYING && isDue(p, now))
            .flatMap(head ->
                rows.chain(subscription, head.event().key()).stream()
                    .takeWhile(p -> p.status() != Status.DEAD))
            .distinct()
            .sorted(Comparator.comparingLong(MemoryRows.Parked::position))
            .limit(limit)
            .map(p ->
                new Parked(
                    p.id(), new Message(p.position(), p.event(), catalogue, null), p.attempts()))
            .toList());
  }

  private static boolean isDue(MemoryRows.Parked parked, Instant now) {
    Instant dueAt = parked.dueAt();
    return dueAt != null && !dueAt.isAfter(now);
  }

  @Override
  public Optional<Duration> untilNextDue(String subscription) {
    faults.at(Faults.Point.CALL);
    Instant now = clock.instant();
    return database.reading(() ->
        rows.of(subscription).stream()
            .flatMap(p -> Optional.ofNullable(p.dueAt()).stream())
            .min(Comparator.naturalOrder())
            .map(dueAt -> dueAt.isBefore(now) ? Duration.ZERO : Duration.between(now, dueAt)));
  }

  @Override
  public void unpark(UnitOfWork tx, String subscription, List<Parked> handled) {
    for (Parked parked : handled) {
      if (!rows.parked.remove(parked.id())) {
        throw new Cursors.Fenced(subscription);
      }
      rows.letter(parked.id())
          .filter(letter -> letter.status().equals("RETRYING"))
          .ifPresent(letter -> rows.letters.put(parked.id(), letter.with("RESOLVED")));
    }
    for (Parked parked : handled) {
      rows.promote(subscription, parked.message().key(), clock.instant());
    }
  }

  @Override
  public Counts counts(String subscription) {
    faults.at(Faults.Point.CALL);
    List<MemoryRows.Parked> parked = rows.of(subscription);
    return new Counts(
        parked.size(), parked.stream().filter(p -> p.status() == Status.DEAD).count());
  }

  @Override
  public Optional<Set<UUID>> parkedKeys(String subscription, int limit) {
    faults.at(Faults.Point.CALL);
    Set<UUID> keys = new HashSet<>();
    database.reading(() -> {
      rows.of(subscription).forEach(parked -> keys.add(parked.event().key()));
      return keys;
    });
    return keys.size() > limit ? Optional.empty() : Optional.of(keys);
  }
}
