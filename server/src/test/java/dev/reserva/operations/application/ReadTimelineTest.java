package dev.reserva.operations.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reserva.TestTransactions;
import dev.reserva.contracts.OperationsEvent.AuditEntry;
import dev.reserva.contracts.OperationsEvent.AuditRecorded;
import dev.reserva.messaging.DeadLetters.Action;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.DeadLetters.Detail;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.ParkedEvents.Failure;
import dev.reserva.messaging.ParkedEvents.Parked;
import dev.reserva.messaging.ParkedEvents.State;
import dev.reserva.operations.application.LogPart.LogEntry;
import dev.reserva.operations.application.ManualPublications.ManualPublication;
import dev.reserva.operations.application.ReadTimeline.Timeline;
import dev.reserva.operations.domain.AuditRecord;
import dev.reserva.operations.domain.Blockade;
import dev.reserva.operations.domain.TimelineEntry;
import dev.reserva.operations.domain.TimelineKind;
import dev.reserva.platform.json.JsonPayloads;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The parts of a timeline from two databases and the audit trail. */
class ReadTimelineTest {

  private static final UUID ORDER = new UUID(0x7000, 1);
  private static final UUID PAYMENT = new UUID(0x7000, 2);
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final String ORDERS = "of sales";
  private static final String MONEY = "of financial";

  private final Known known = new Known();
  private final KeptInMemory audit = new KeptInMemory();
  private final JsonPayloads codec = new JsonPayloads();
  private final TestTransactions transactions = new TestTransactions(NOON);
  private final ReadTimeline readTimeline =
      new ReadTimeline(known, new OrderCommands(audit, codec, transactions), codec::encode);

  /** What two databases know of the order. */
  private static final class Known implements SystemOrders {

    final List<Records> records = new ArrayList<>();
    final List<Log> logs = new ArrayList<>();
    boolean silent;

    @Override
    public List<Records> records(UUID orderId) {
      return orderId.equals(ORDER) ? List.copyOf(records) : List.of();
    }

    @Override
    public List<Log> logs(UUID orderId) {
      if (silent) {
        throw new DependencyUnavailable("a database does not answer", new SQLException());
      }
      return orderId.equals(ORDER) ? List.copyOf(logs) : List.of();
    }

    @Override
    public List<Waiting> pastHalf(@Nullable UUID before, int limit) {
      throw new AssertionError("not asked for");
    }

    @Override
    public List<Waiting> waiting(Collection<UUID> ids) {
      throw new AssertionError("not asked for");
    }

    @Override
    public List<List<Blockade>> blockades(@Nullable UUID before, int limit) {
      throw new AssertionError("not asked for");
    }
  }

  private static Instant at(int seconds) {
    return NOON.plusSeconds(seconds);
  }

  private static UUID id(int number) {
    return new UUID(0x7001, number);
  }

  private static Event event(
      int number, String type, int seconds, String correlationId, @Nullable UUID cause) {
    return new Event(
        id(number), type, ORDER, ORDER, at(seconds), correlationId, cause, null, null, "{}");
  }

  private static LogEntry logged(long position, Event event) {
    return new LogEntry(position, event, null);
  }

  private static SystemOrders.ServiceRecord payment(int seconds, @Nullable UUID cause) {
    return new SystemOrders.ServiceRecord(
        at(seconds),
        TimelineKind.PAYMENT,
        "financial",
        PAYMENT.toString(),
        "payment.processing",
        cause,
        null,
        "The provider is asked.",
        "{}");
  }

  private void records(String database, boolean exists, SystemOrders.ServiceRecord... records) {
    known.records.add(new SystemOrders.Records(database, exists, false, List.of(records)));
  }

  private void log(
      String database, List<LogEntry> events, List<Parked> parked, List<Detail> deadLetters) {
    known.logs.add(new SystemOrders.Log(database, false, events, parked, deadLetters));
  }

  private void command(
      int number, String actor, String action, UUID subject, int seconds, String correlationId) {
    AuditRecorded fact =
        new AuditRecorded(
            id(number),
            actor,
            "staff",
            List.of("operator"),
            "192.0.2.7",
            action,
            List.of(new AuditEntry(at(seconds), subject.toString(), correlationId, 1, List.of())));
    AuditRecord record =
        new AuditRecord(
            id(number),
            at(seconds),
            actor,
            action,
            List.of(subject.toString()),
            codec.encode(fact));
    transactions.run(tx -> new KeepAuditRecords(audit).keep(List.of(record), tx));
  }

  private static Parked parked(State state, Event event, int attempts) {
    boolean tried = attempts > 0;
    return new Parked(
        id(90),
        "inventory",
        7,
        state,
        event,
        attempts,
        state == State.RETRYING ? at(30) : null,
        tried ? new Failure("IllegalStateException", "no", at(20)) : null);
  }

  private static Detail deadLetter(String status, Event event, Action... actions) {
    return new Detail(
        new DeadLetter(
            id(90), "inventory", 7, event, 4, "IllegalStateException", "no", at(20), at(27), 0),
        status,
        "a trace",
        null,
        List.of(actions));
  }

  private List<TimelineEntry> entries() {
    return readTimeline.of(ORDER).map(Timeline::entries).orElseThrow();
  }

  @Test
  void an_order_that_no_service_knows_has_no_timeline() {
    records(ORDERS, false);
    log(ORDERS, List.of(), List.of(), List.of());

    assertThat(readTimeline.of(ORDER)).isEmpty();
    assertThat(readTimeline.of(UUID.randomUUID())).isEmpty();
  }

  @Test
  void an_order_without_any_record_that_exists_has_an_empty_one() {
    records(ORDERS, true);

    assertThat(readTimeline.of(ORDER))
        .hasValueSatisfying(timeline -> {
          assertThat(timeline.entries()).isEmpty();
          assertThat(timeline.truncated()).isFalse();
        });
  }

  @Test
  void what_the_databases_and_the_trail_know_is_told_causes_first() {
    Event created = event(1, "sales.order.created", 1, "r1", null);
    Event approved = event(2, "financial.payment.approved", 0, "r1", created.id());
    records(ORDERS, true);
    records(MONEY, false, payment(-5, created.id()));
    log(ORDERS, List.of(logged(10, created)), List.of(), List.of());
    log(MONEY, List.of(logged(3, approved)), List.of(), List.of());
    command(50, "anna", "sales.order.place", ORDER, 2, "r1");

    assertThat(entries())
        .extracting(TimelineEntry::kind, TimelineEntry::type, TimelineEntry::actor)
        .containsExactly(
            tuple(TimelineKind.COMMAND, "sales.order.place", "anna"),
            tuple(TimelineKind.EVENT, "sales.order.created", null),
            tuple(TimelineKind.PAYMENT, "payment.processing", null),
            tuple(TimelineKind.EVENT, "financial.payment.approved", null));
    assertThat(entries().getFirst().data()).doesNotContain("192.0.2.7");
    assertThat(entries().get(1).summary()).isEqualTo("Order created.");
  }

  @Test
  void commands_about_what_belongs_to_the_order_are_told_once() {
    records(MONEY, true, payment(1, null));
    command(51, "olga", "financial.payment.refund", PAYMENT, 9, "r2");
    command(52, "olga", "financial.payment.refund", UUID.randomUUID(), 9, "r3");

    assertThat(entries())
        .filteredOn(entry -> entry.kind() == TimelineKind.COMMAND)
        .extracting(TimelineEntry::actor, TimelineEntry::summary)
        .containsExactly(tuple("olga", "olga called financial.payment.refund."));
  }

  @Test
  void an_event_that_is_tried_again_is_told_with_its_failure() {
    Event paid = event(3, "sales.order.paid", 10, "r1", null);
    log(ORDERS, List.of(logged(11, paid)), List.of(parked(State.RETRYING, paid, 2)), List.of());

    TimelineEntry retry = entries().getLast();

    assertThat(retry.kind()).isEqualTo(TimelineKind.RETRY);
    assertThat(retry.at()).isEqualTo(at(20));
    assertThat(retry.causationId()).isEqualTo(paid.id());
    assertThat(retry.summary())
        .isEqualTo(
            "sales.order.paid failed in inventory and is due again at %s; attempts so far: 2."
                .formatted(at(30)));
    assertThat(retry.data()).contains("IllegalStateException");
  }

  @Test
  void an_event_that_waits_behind_another_one_is_told_at_its_own_time() {
    Event paid = event(3, "sales.order.paid", 10, "r1", null);
    log(ORDERS, List.of(), List.of(parked(State.WAITING, paid, 0)), List.of());

    assertThat(entries())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.at()).isEqualTo(paid.time());
          assertThat(entry.summary()).contains("waits in inventory behind an earlier event");
        });
  }

  @Test
  void an_open_dead_letter_is_told_once_although_its_event_is_parked() {
    Event paid = event(3, "sales.order.paid", 10, "r1", null);
    log(
        ORDERS,
        List.of(),
        List.of(parked(State.DEAD, paid, 4)),
        List.of(deadLetter("OPEN", paid, new Action(at(27), "dead_lettered", "system", null))));

    assertThat(entries())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.kind()).isEqualTo(TimelineKind.DEAD_LETTER);
          assertThat(entry.actor()).as("nobody did it").isNull();
          assertThat(entry.summary())
              .isEqualTo(
                  "sales.order.paid became a dead letter of inventory: IllegalStateException.");
        });
  }

  @Test
  void what_an_operator_did_with_a_dead_letter_is_told_with_its_reason() {
    Event paid = event(3, "sales.order.paid", 10, "r1", null);
    log(
        ORDERS,
        List.of(),
        List.of(parked(State.RETRYING, paid, 5)),
        List.of(
            deadLetter(
                "RETRYING",
                paid,
                new Action(at(27), "dead_lettered", "system", null),
                new Action(at(40), "retried", "olga", "the stock was counted"))));

    assertThat(entries())
        .extracting(TimelineEntry::type, TimelineEntry::kind, TimelineEntry::actor)
        .contains(
            tuple("operations.message.dead_lettered", TimelineKind.DEAD_LETTER, null),
            tuple("operations.message.retried", TimelineKind.RETRY, "olga"),
            tuple("messaging.event.retrying", TimelineKind.RETRY, null));
    assertThat(entries())
        .filteredOn(entry -> "olga".equals(entry.actor()))
        .singleElement()
        .satisfies(entry -> assertThat(entry.data()).contains("the stock was counted"));
  }

  @Test
  void an_event_by_hand_names_its_publisher() {
    Event paid = event(3, "sales.order.paid", 10, "r1", null);
    log(
        ORDERS,
        List.of(new LogEntry(11, paid, new ManualPublication(paid.id(), "olga", at(10), false))),
        List.of(),
        List.of());

    assertThat(entries())
        .extracting(TimelineEntry::actor, TimelineEntry::summary)
        .containsExactly(tuple("olga", "Order paid, published by hand by olga."));
  }

  @Test
  void more_than_is_read_of_one_order_is_cut_and_says_so() {
    List<LogEntry> events = new ArrayList<>();
    for (int i = 0; i <= SystemOrders.MOST; i++) {
      events.add(logged(i + 1, event(1_000 + i, "sales.order.paid", i, "r" + i, null)));
    }
    log(ORDERS, events, List.of(), List.of());

    Timeline timeline = readTimeline.of(ORDER).orElseThrow();

    assertThat(timeline.entries()).hasSize(SystemOrders.MOST);
    assertThat(timeline.truncated()).isTrue();
  }

  @Test
  void a_part_that_was_cut_says_so() {
    known.records.add(new SystemOrders.Records(MONEY, true, true, List.of(payment(1, null))));

    assertThat(readTimeline.of(ORDER).map(Timeline::truncated)).contains(true);
  }

  @Test
  void a_timeline_with_a_gap_is_no_timeline() {
    records(ORDERS, true);
    known.silent = true;

    assertThatThrownBy(() -> readTimeline.of(ORDER)).isInstanceOf(DependencyUnavailable.class);
  }
}
