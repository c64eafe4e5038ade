package dev.reserva.messaging.memory;

import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryRows.Cursor;
import dev.reserva.messaging.memory.MemoryRows.Letter;
import dev.reserva.messaging.memory.MemoryRows.Parked;
import dev.reserva.messaging.memory.MemoryRows.Status;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Dead letters in a {@link MemoryDatabase}. */
public final class MemoryDeadLetters implements DeadLetters {

  private static final int MAX_GROUPS = 200;

  private final MemoryRows rows;
  private final Clock clock;
  private final EditPolicy editPolicy;
  private final Announcer announcer;
  private final Consumer<String> released;

  public MemoryDeadLetters(
      MemoryDatabase database,
      Clock clock,
      EditPolicy editPolicy,
      Announcer announcer,
      Consumer<String> released) {
    this.rows = new MemoryRows(database);
    this.clock = clock;
    this.editPolicy = editPolicy;
    this.announcer = announcer;
    this.released = released;
  }

  private List<Letter> open() {
    return rows.letters.values().stream()
        .filter(letter -> letter.status().equals("OPEN"))
        .sorted(Comparator.comparing(letter -> letter.letter().id()))
        .toList();
  }

  @Override
  public List<DeadLetter> list(@Nullable UUID before, int limit) {
    return open().reversed().stream()
        .filter(letter -> before == null || letter.letter().id().compareTo(before) < 0)
        .limit(limit)
        .map(letter -> rows.counted(letter.letter()))
        .toList();
  }

  @Override
  public List<Group> groups() {
    Map<Group, Long> counts =
        open().stream()
            .map(Letter::letter)
            .collect(
                Collectors.groupingBy(
                    l -> new Group(l.subscription(), l.event().type(), l.errorType(), 0),
                    Collectors.counting()));
    return counts.entrySet().stream()
        .map(e ->
            new Group(
                e.getKey().subscription(),
                e.getKey().eventType(),
                e.getKey().errorType(),
                e.getValue()))
        .sorted(
            Comparator.comparingLong(Group::count)
                .reversed()
                .thenComparing(Group::subscription)
                .thenComparing(Group::eventType)
                .thenComparing(Group::errorType))
        .limit(MAX_GROUPS)
        .toList();
  }

  @Override
  public Optional<Detail> find(UUID id) {
    return rows.letter(id)
        .map(l ->
            new Detail(
                rows.counted(l.letter()),
                l.status(),
                l.stackTrace(),
                l.originalData(),
                l.actions()));
  }

  @Override
  public Outcome retry(UUID id, @Nullable String editedData, String by, UnitOfWork tx) {
    return ifOpen(id, letter -> retry(letter, editedData, by, tx));
  }

  private Outcome retry(Letter letter, @Nullable String editedData, String by, UnitOfWork tx) {
    if (editedData != null) {
      List<Violation> violations = editPolicy.check(letter.letter().event(), editedData);
      if (!violations.isEmpty()) {
        return new Outcome.Refused(violations);
      }
    }
    release(letter, editedData, by);
    announcer.retried(letter.letter(), editedData != null, by, tx);
    tx.afterCommit(() -> released.accept(letter.letter().subscription()));
    return new Outcome.Done(letter.letter());
  }

  private void release(Letter letter, @Nullable String editedData, String by) {
    DeadLetter l = letter.letter();
    Event event = editedData == null ? l.event() : l.event().withData(editedData);
    Parked parked = rows.parked.get(l.id()).orElseThrow();
    boolean first =
        rows.chain(l.subscription(), l.event().key()).getFirst().id().equals(parked.id());
    rows.parked.put(
        l.id(),
        parked.anew(
            event, first ? Status.RETRYING : Status.WAITING, first ? clock.instant() : null));
    List<Action> actions = new ArrayList<>();
    if (editedData != null) {
      actions.add(new Action(clock.instant(), "edited", by, null));
    }
    actions.add(new Action(clock.instant(), "retried", by, null));
    String original = letter.originalData();
    rows.letters.put(
        l.id(),
        new Letter(
                new DeadLetter(
                    l.id(),
                    l.subscription(),
                    l.position(),
                    event,
                    l.attempts(),
                    l.errorType(),
                    l.errorMessage(),
                    l.firstFailedAt(),
                    l.lastFailedAt(),
                    0),
                "RETRYING",
                letter.stackTrace(),
                original == null && editedData != null ? l.event().data() : original,
                letter.actions())
            .with("RETRYING", actions.toArray(Action[]::new)));
  }

  @Override
  public int retryAll(
      @Nullable String subscription,
      @Nullable String eventType,
      @Nullable String errorType,
      String by,
      int limit,
      UnitOfWork tx) {
    List<UUID> matching =
        open().stream()
            .map(Letter::letter)
            .filter(l -> subscription == null || subscription.equals(l.subscription()))
            .filter(l -> eventType == null || eventType.equals(l.event().type()))
            .filter(l -> errorType == null || errorType.equals(l.errorType()))
            .limit(limit)
            .map(DeadLetter::id)
            .toList();
    matching.forEach(id -> retry(id, null, by, tx));
    return matching.size();
  }

  @Override
  public Outcome discard(UUID id, String reason, String by, UnitOfWork tx) {
    return ifOpen(id, letter -> discard(letter, reason, by, tx));
  }

  private Outcome discard(Letter letter, String reason, String by, UnitOfWork tx) {
    DeadLetter l = letter.letter();
    rows.letters.put(
        l.id(), letter.with("DISCARDED", new Action(clock.instant(), "discarded", by, reason)));
    rows.parked.remove(l.id());
    Cursor cursor = rows.subscriptions.get(l.subscription()).orElseThrow();
    rows.subscriptions.put(l.subscription(), cursor.discardedOne());
    rows.promote(l.subscription(), l.event().key(), clock.instant());
    announcer.discarded(l, reason, by, tx);
    tx.afterCommit(() -> released.accept(l.subscription()));
    return new Outcome.Done(l);
  }

  private Outcome ifOpen(UUID id, Function<Letter, Outcome> command) {
    Optional<Letter> letter = rows.letter(id);
    if (letter.isEmpty()) {
      return new Outcome.Unknown();
    }
    return letter.get().status().equals("OPEN")
        ? command.apply(letter.get())
        : new Outcome.Conflict(letter.get().status());
  }
}
