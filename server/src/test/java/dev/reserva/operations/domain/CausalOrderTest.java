package dev.reserva.operations.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CausalOrderTest {

  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final String SALES = "sales database";
  private static final String STOCK = "stock database";

  private static UUID id(int number) {
    return new UUID(0x0195000000007000L, number);
  }

  private static TimelineEntry event(
      String database,
      int number,
      long position,
      String type,
      Instant at,
      @Nullable Integer cause) {
    return new TimelineEntry(
        database,
        at,
        TimelineKind.EVENT,
        "sales",
        id(number).toString(),
        type,
        position,
        "request",
        cause == null ? null : id(cause),
        null,
        "",
        "{}");
  }

  private static TimelineEntry record(
      String database, String name, String type, Instant at, @Nullable Integer cause) {
    return new TimelineEntry(
        database,
        at,
        TimelineKind.STOCK,
        "inventory",
        name,
        type,
        0,
        null,
        cause == null ? null : id(cause),
        null,
        "",
        "{}");
  }

  private static TimelineEntry command(String name, String request, Instant at) {
    return new TimelineEntry(
        "", at, TimelineKind.COMMAND, "sales", name, "sales.do", 0, request, null, "ana", "", "{}");
  }

  private static List<String> ids(List<TimelineEntry> entries) {
    return entries.stream().map(TimelineEntry::id).toList();
  }

  @Test
  void events_of_one_database_keep_the_order_of_its_log_whatever_their_times() {
    TimelineEntry first = event(SALES, 1, 10, "a", NOON.plusSeconds(9), null);
    TimelineEntry second = event(SALES, 2, 11, "b", NOON, null);

    assertThat(CausalOrder.of(List.of(second, first))).containsExactly(first, second);
  }

  @Test
  void an_effect_follows_its_cause_though_the_clock_of_its_database_is_behind() {
    TimelineEntry created = event(SALES, 1, 10, "created", NOON, null);
    TimelineEntry reserved = event(STOCK, 2, 70, "reserved", NOON.minusSeconds(300), 1);
    TimelineEntry ledger = record(STOCK, "17", "reserved", NOON.minusSeconds(300), null);
    TimelineEntry pending = event(SALES, 3, 11, "pending", NOON.plusMillis(20), 2);

    assertThat(CausalOrder.of(List.of(ledger, pending, reserved, created)))
        .containsExactly(created, reserved, ledger, pending);
  }

  @Test
  void a_clock_that_is_ahead_does_not_tear_cause_and_effect_apart() {
    TimelineEntry created = event(SALES, 1, 10, "created", NOON, null);
    TimelineEntry reserved = event(STOCK, 2, 70, "reserved", NOON.plusSeconds(300), 1);
    TimelineEntry ledger = record(STOCK, "17", "reserved", NOON.plusSeconds(300), null);
    TimelineEntry pending = event(SALES, 3, 11, "pending", NOON.plusMillis(20), 2);

    assertThat(CausalOrder.of(List.of(pending, ledger, created, reserved)))
        .containsExactly(created, reserved, ledger, pending);
  }

  @Test
  void a_command_comes_before_its_event_and_after_what_was_there_before() {
    TimelineEntry created = event(SALES, 1, 10, "created", NOON, null);
    TimelineEntry cancelled =
        new TimelineEntry(
            SALES,
            NOON.plusSeconds(60),
            TimelineKind.EVENT,
            "sales",
            id(2).toString(),
            "cancelled",
            11,
            "second request",
            null,
            null,
            "",
            "{}");
    TimelineEntry place = command("c1", "request", NOON.plusSeconds(1));
    TimelineEntry cancel = command("c2", "second request", NOON.minusSeconds(600));

    assertThat(CausalOrder.of(List.of(cancelled, created, cancel, place)))
        .containsExactly(place, created, cancel, cancelled);
  }

  @Test
  void of_several_commands_with_one_correlation_id_the_nearest_one_is_the_cause() {
    TimelineEntry created = event(SALES, 1, 10, "created", NOON, null);
    TimelineEntry cancelled = event(SALES, 2, 11, "cancelled", NOON.plusSeconds(60), null);
    TimelineEntry place = command("c1", "request", NOON.plusMillis(5));
    TimelineEntry cancel = command("c2", "request", NOON.plusSeconds(60).plusMillis(5));

    assertThat(CausalOrder.of(List.of(cancel, place, cancelled, created)))
        .containsExactly(place, created, cancel, cancelled);
  }

  @Test
  void a_record_without_cause_follows_what_its_database_had_published_by_its_time() {
    TimelineEntry created = event(SALES, 1, 10, "created", NOON, null);
    TimelineEntry cancelled = event(SALES, 2, 11, "cancelled", NOON.plusSeconds(60), null);
    TimelineEntry parked =
        record(SALES, "p", "messaging.event.retrying", NOON.plusSeconds(5), null);

    assertThat(CausalOrder.of(List.of(parked, cancelled, created)))
        .containsExactly(created, parked, cancelled);
  }

  @Test
  void a_record_of_a_database_without_events_follows_the_event_of_its_type_elsewhere() {
    TimelineEntry created = event(SALES, 1, 10, "created", NOON, null);
    TimelineEntry mail = record("mail database", "m", "created", NOON.minusSeconds(90), null);

    assertThat(CausalOrder.of(List.of(mail, created))).containsExactly(created, mail);
  }

  @Test
  void what_has_one_time_is_in_the_order_of_ids_with_events_last() {
    TimelineEntry b = record(SALES, "b", "other", NOON, null);
    TimelineEntry a = record(SALES, "a", "other", NOON, null);
    TimelineEntry lone = event(STOCK, 1, 1, "created", NOON, null);

    assertThat(ids(CausalOrder.of(List.of(lone, b, a)))).containsExactly("a", "b", lone.id());
  }

  @Test
  void events_that_cause_each_other_are_all_in_the_result() {
    TimelineEntry one = event(SALES, 1, 10, "a", NOON, 2);
    TimelineEntry two = event(STOCK, 2, 10, "b", NOON.plusSeconds(1), 1);
    TimelineEntry itself = event(STOCK, 3, 11, "c", NOON, 3);

    assertThat(CausalOrder.of(List.of(two, itself, one))).containsExactly(one, two, itself);
  }

  @Property(tries = 300)
  void no_effect_comes_before_its_cause_whatever_the_clocks_say(@ForAll long seed) {
    var history = new History(new Random(seed));
    history.happen(60);
    List<TimelineEntry> shuffled = new ArrayList<>(history.entries);
    Collections.shuffle(shuffled, new Random(seed + 1));

    List<TimelineEntry> ordered = CausalOrder.of(shuffled);

    assertThat(ordered).containsExactlyInAnyOrderElementsOf(history.entries);
    assertThat(CausalOrder.of(history.entries)).isEqualTo(ordered);
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < ordered.size(); i++) {
      places.put(ordered.get(i).id(), i);
    }
    history.effects.forEach((effect, causes) ->
        causes.forEach(cause ->
            assertThat(places.get(cause))
                .as("%s before %s", cause, effect)
                .isLessThan(places.get(effect))));
  }

  /** What happened in three databases, each with a clock of its own. */
  private static final class History {

    private final Random random;
    private final List<TimelineEntry> entries = new ArrayList<>();

    /** What must come before what. */
    private final Map<String, List<String>> effects = new HashMap<>();

    private final int[] clocks = new int[3];
    private final List<List<String>> logs =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    private final List<String> events = new ArrayList<>();
    private int seconds;
    private int number;

    History(Random random) {
      this.random = random;
      for (int i = 0; i < clocks.length; i++) {
        clocks[i] = random.nextInt(-600, 601);
      }
    }

    void happen(int steps) {
      for (int i = 0; i < steps; i++) {
        seconds += random.nextInt(1, 60);
        int database = random.nextInt(clocks.length);
        switch (events.isEmpty() ? 0 : random.nextInt(5)) {
          case 0 -> commanded(database);
          case 1, 2 -> publish(database, "r" + number, any(events));
          case 3 -> record(database, "unknown", any(events));
          default -> unexplained(database);
        }
      }
    }

    private Instant time(int database) {
      return NOON.plusSeconds((long) seconds + clocks[database]);
    }

    private String any(List<String> ids) {
      return ids.get(random.nextInt(ids.size()));
    }

    private void commanded(int database) {
      String request = "request-" + number;
      String command = "command-" + number;
      entries.add(CausalOrderTest.command(command, request, time(database)));
      String event = publish(database, request, null);
      effects.computeIfAbsent(event, _ -> new ArrayList<>()).add(command);
    }

    private String publish(int database, String request, @Nullable String cause) {
      String event = id(++number).toString();
      List<String> log = logs.get(database);
      List<String> before = new ArrayList<>();
      if (!log.isEmpty()) {
        before.add(log.getLast());
      }
      if (cause != null) {
        before.add(cause);
      }
      log.add(event);
      events.add(event);
      effects.put(event, before);
      entries.add(
          new TimelineEntry(
              "database " + database,
              time(database),
              TimelineKind.EVENT,
              "service",
              event,
              "type " + number,
              log.size(),
              request,
              cause == null ? null : UUID.fromString(cause),
              null,
              "",
              "{}"));
      return event;
    }

    private void record(int database, String type, @Nullable String cause) {
      String name = "record-" + ++number;
      entries.add(
          new TimelineEntry(
              "database " + database,
              time(database),
              TimelineKind.PAYMENT,
              "service",
              name,
              type,
              0,
              null,
              cause == null ? null : UUID.fromString(cause),
              null,
              "",
              "{}"));
      effects.put(name, cause == null ? List.copyOf(logs.get(database)) : List.of(cause));
    }

    private void unexplained(int database) {
      record(database, "unknown", null);
    }
  }
}
