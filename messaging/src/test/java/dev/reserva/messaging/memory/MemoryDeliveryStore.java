package dev.reserva.messaging.memory;

import dev.reserva.messaging.DeadLetters.Action;
import dev.reserva.messaging.DeadLetters.Announcer;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.Deliveries;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.DeliveryStore;
import dev.reserva.messaging.memory.MemoryParking.Cursor;
import dev.reserva.messaging.memory.MemoryParking.Letter;
import dev.reserva.messaging.memory.MemoryParking.Status;
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
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Claims, cursors and parked events in a {@link MemoryDatabase}. */
public final class MemoryDeliveryStore implements DeliveryStore {

  private final MemoryDatabase database;
  private final MemoryParking rows;
  private final EventCatalogue catalogue;
  private final Ids ids;
  private final Clock clock;
  private final Announcer announcer;
  private final Faults faults;

  public MemoryDeliveryStore(
      MemoryDatabase database,
      EventCatalogue catalogue,
      Ids ids,
      Clock clock,
      Announcer announcer,
      Faults faults) {
    this.database = database;
    this.rows = new MemoryParking(database);
    this.catalogue = catalogue;
    this.ids = ids;
    this.clock = clock;
    this.announcer = announcer;
    this.faults = faults;
  }

  @Override
  public Optional<Claim> claim(String subscription, UUID owner, Duration lease) {
    faults.at(Faults.Point.CALL);
    return database.transaction(() -> {
      Cursor cursor =
          rows.subscriptions.get(subscription).orElse(new Cursor(0, 0, null, Instant.MIN, 0, 0, 0));
      if (!owner.equals(cursor.owner()) && !cursor.leaseUntil().isBefore(clock.instant())) {
        return Optional.empty();
      }
      Cursor claimed =
          new Cursor(
              cursor.position(),
              cursor.epoch() + 1,
              owner,
              clock.instant().plus(lease),
              cursor.delivered(),
              cursor.handled(),
              cursor.discarded());
      rows.subscriptions.put(subscription, claimed);
      return Optional.of(
          new Claim(
              subscription, claimed.epoch(), claimed.position(), !rows.of(subscription).isEmpty()));
    });
  }

  @Override
  public boolean renew(Claim claim, long position, Duration lease) {
    faults.at(Faults.Point.CALL);
    return database.transaction(
        () -> move(claim, new Progress(position, 0, 0), clock.instant().plus(lease)));
  }

  @Override
  public void release(Claim claim, long position) {
    faults.at(Faults.Point.CALL);
    database.transaction(() -> move(claim, new Progress(position, 0, 0), Instant.MIN));
  }

  @Override
  public void advance(UnitOfWork tx, Claim claim, Progress progress, Duration lease) {
    if (!move(claim, progress, clock.instant().plus(lease))) {
      throw new Fenced(claim.subscription());
    }
  }

  private boolean move(Claim claim, Progress progress, Instant leaseUntil) {
    Cursor cursor = cursor(claim.subscription());
    if (cursor.epoch() != claim.epoch() || cursor.position() != claim.position()) {
      return false;
    }
    rows.subscriptions.put(
        claim.subscription(),
        new Cursor(
            progress.position(),
            cursor.epoch(),
            leaseUntil.equals(Instant.MIN) ? null : cursor.owner(),
            leaseUntil,
            cursor.delivered() + progress.delivered(),
            cursor.handled() + progress.handled(),
            cursor.discarded()));
    return true;
  }

  private Cursor cursor(String subscription) {
    return rows.subscriptions
        .get(subscription)
        .orElseThrow(() -> new IllegalStateException("nobody has claimed " + subscription));
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
            new MemoryParking.Parked(
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

  private Optional<MemoryParking.Parked> find(String subscription, Message message) {
    return rows.of(subscription).stream()
        .filter(parked -> parked.event().id().equals(message.event().id()))
        .findFirst();
  }

  @Override
  public void parkFailed(UnitOfWork tx, String subscription, Message message, Failure failure) {
    Instant now = clock.instant();
    Optional<MemoryParking.Parked> before = find(subscription, message);
    UUID id = before.map(MemoryParking.Parked::id).orElseGet(ids::next);
    Duration retryIn = failure.retryIn();
    @Nullable Instant firstFailedAt = before.map(MemoryParking.Parked::firstFailedAt).orElse(null);
    Instant first = firstFailedAt == null ? now : firstFailedAt;
    rows.parked.put(
        id,
        new MemoryParking.Parked(
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
      bury(tx, subscription, message, failure, id, first);
    }
  }

  private void bury(
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
            .sorted(Comparator.comparingLong(MemoryParking.Parked::position))
            .limit(limit)
            .map(p ->
                new Parked(
                    p.id(), new Message(p.position(), p.event(), catalogue, null), p.attempts()))
            .toList());
  }

  private static boolean isDue(MemoryParking.Parked parked, Instant now) {
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
        throw new Fenced(subscription);
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
    List<MemoryParking.Parked> parked = rows.of(subscription);
    return new Counts(
        parked.size(), parked.stream().filter(p -> p.status() == Status.DEAD).count());
  }

  @Override
  public OptionalLong position(String subscription) {
    return rows.subscriptions.get(subscription).stream().mapToLong(Cursor::position).findFirst();
  }

  @Override
  public boolean rewind(UnitOfWork tx, String subscription, long position) {
    Optional<Cursor> known = rows.subscriptions.get(subscription);
    known.ifPresent(cursor ->
        rows.subscriptions.put(
            subscription,
            new Cursor(
                position,
                cursor.epoch() + 1,
                null,
                Instant.MIN,
                cursor.delivered(),
                cursor.handled(),
                cursor.discarded())));
    return known.isPresent();
  }

  /** What the subscription's record counts: delivered, handled, discarded, parked. */
  public long[] tally(String subscription) {
    Cursor cursor = cursor(subscription);
    return new long[] {
      cursor.delivered(), cursor.handled(), cursor.discarded(), rows.of(subscription).size()
    };
  }

  Optional<Deliveries.Account> account(String subscription, long end) {
    return rows.subscriptions
        .get(subscription)
        .map(cursor -> {
          Set<UUID> keys = new HashSet<>();
          long parked = 0;
          long headless = 0;
          for (MemoryParking.Parked row : rows.of(subscription)) {
            parked++;
            if (keys.add(row.event().key()) && row.status() == Status.WAITING) {
              headless++;
            }
          }
          return new Deliveries.Account(
              subscription,
              cursor.position(),
              end,
              cursor.delivered(),
              cursor.handled(),
              parked,
              cursor.discarded(),
              headless);
        });
  }
}
