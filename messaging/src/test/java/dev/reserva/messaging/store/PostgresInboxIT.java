package dev.reserva.messaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.reserva.messaging.BackboneFixture;
import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DeadLetters.Action;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestEnvelopes;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.UnreadableMessages;
import dev.reserva.messaging.UnreadableMessages.Detail;
import dev.reserva.messaging.UnreadableMessages.Group;
import dev.reserva.messaging.UnreadableMessages.Outcome;
import dev.reserva.messaging.UnreadableMessages.Unreadable;
import dev.reserva.messaging.delivery.EventReader;
import dev.reserva.messaging.delivery.Inbox;
import dev.reserva.messaging.delivery.PlainMessages;
import dev.reserva.messaging.transport.ImportedFlag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a database records about messages of a broker. */
class PostgresInboxIT {

  private static final Duration RETENTION = Duration.ofHours(1);

  private final BackboneFixture fixture = BackboneFixture.start();
  private final BackboneFixture.Node process = fixture.node();
  private final PostgresInbox inbox =
      new PostgresInbox(process.transactions(), fixture.ids(), RETENTION);
  private final PostgresUnreadableMessages messages =
      new PostgresUnreadableMessages(
          process.transactions(),
          inbox,
          new EventReader(new TestEnvelopes(), fixture.catalogue(), PlainMessages.NONE));

  @AfterEach
  void close() {
    fixture.close();
  }

  private Set<UUID> record(UUID... ids) {
    return process.transactions().call(tx -> inbox.record(tx, List.of(ids)));
  }

  private void recordUnreadable(String queue, byte[] body, Map<String, String> headers) {
    process
        .transactions()
        .run(tx ->
            inbox.recordUnreadable(
                tx, queue, List.of(new Inbox.Unreadable(Bytes.of(body), headers, "no \0 JSON"))));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void an_event_is_new_once() {
    UUID first = UUID.randomUUID();
    UUID second = UUID.randomUUID();

    assertThat(record(first)).containsExactly(first);
    assertThat(record(first, second, second)).containsExactly(second);
    assertThat(record(first, second)).isEmpty();
  }

  @Test
  void only_entries_past_retention_are_deleted() {
    UUID old = UUID.randomUUID();
    UUID kept = UUID.randomUUID();
    record(old, kept);
    recordUnreadable("old", utf8("x"), Map.of());
    recordUnreadable("kept", utf8("x"), Map.of());
    String age = " - interval '61 minutes' where ";
    fixture.execute(
        "update messaging.inbox set imported_at = imported_at" + age + "id = '" + old + "'");
    fixture.execute(
        "update messaging.unreadable set received_at = received_at" + age + "queue = 'old'");

    assertThat(inbox.purge()).as("more to delete").isFalse();

    assertThat(record(old, kept)).containsExactly(old);
    assertThat(messages.list(null, 10)).extracting(Unreadable::queue).containsExactly("kept");
  }

  @Test
  void an_unreadable_message_that_arrives_again_is_recorded_once() {
    recordUnreadable("toy.queue", utf8("broken"), Map.of());
    recordUnreadable("toy.queue", utf8("broken"), Map.of());
    recordUnreadable("other.queue", utf8("broken"), Map.of());

    assertThat(messages.list(null, 10))
        .extracting(Unreadable::queue)
        .containsExactly("other.queue", "toy.queue");
  }

  @Test
  void an_unreadable_message_is_kept_with_its_headers_and_up_to_one_mebibyte_of_its_body() {
    byte[] huge = new byte[(1 << 20) + 7];
    huge[(1 << 20) - 1] = 9;
    recordUnreadable("toy.queue", huge, Map.of("agent", "\"it\0\""));

    Unreadable listed = messages.list(null, 10).getFirst();
    assertThat(listed.body().array()).hasSize(1 << 10);
    Unreadable message = messages.find(listed.id()).orElseThrow().message();
    assertThat(message.body().array()).hasSize(1 << 20).endsWith(9);
    assertThat(message.length()).isEqualTo((1 << 20) + 7);
    assertThat(message.headers()).isEqualTo("{\"agent\" : \"\\\"it\uFFFD\\\"\"}");
    assertThat(message.reason()).isEqualTo("no \uFFFD JSON");
  }

  @Test
  void unreadable_messages_are_listed_newest_first_page_by_page() {
    for (int i = 0; i < 5; i++) {
      recordUnreadable("queue" + i, utf8("x"), Map.of());
    }

    List<Unreadable> first = messages.list(null, 3);
    List<Unreadable> second = messages.list(first.getLast().id(), 3);

    assertThat(first).extracting(Unreadable::queue).containsExactly("queue4", "queue3", "queue2");
    assertThat(second).extracting(Unreadable::queue).containsExactly("queue1", "queue0");
  }

  private Outcome retry(UUID id, @Nullable Event edited) {
    return process.transactions().call(tx -> messages.retry(id, edited, "ana", tx));
  }

  private Outcome discard(UUID id) {
    return process.transactions().call(tx -> messages.discard(id, "a drill", "ana", tx));
  }

  private Event event(long number) {
    return fixture
        .catalogue()
        .envelop(
            UUID.randomUUID(),
            new Added(UUID.randomUUID(), number),
            Cause.of("elsewhere"),
            Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void a_search_can_leave_out_what_was_imported() {
    recordUnreadable("toy.queue", utf8("broken"), Map.of());
    Event imported = event(7);
    retry(only(), imported);
    Event own =
        process
            .transactions()
            .call(tx -> tx.publish(new Added(imported.key(), 8), Cause.of("a service")));

    for (Filter filter : List.of(Filter.ANY, new Filter(null, imported.key(), null, null))) {
      assertThat(process.log().search(filter, 0, 10).entries())
          .extracting(EventLog.Entry::event)
          .containsExactly(imported, own);
      assertThat(process.log().search(filter.ofOwn(), 0, 10).entries())
          .extracting(EventLog.Entry::event)
          .containsExactly(own);
    }
  }

  private UUID only() {
    List<Unreadable> open = messages.list(null, 10);
    assertThat(open).hasSize(1);
    return open.getFirst().id();
  }

  @Test
  void a_discarded_message_is_closed_with_its_reason_and_the_same_body_is_recorded_anew() {
    recordUnreadable("toy.queue", utf8("broken"), Map.of());
    UUID id = only();

    assertThat(discard(id)).isEqualTo(new Outcome.Discarded());

    assertThat(messages.list(null, 10)).isEmpty();
    assertThat(messages.groups()).isEmpty();
    Detail detail = messages.find(id).orElseThrow();
    assertThat(detail.status()).isEqualTo("DISCARDED");
    assertThat(detail.actions())
        .extracting(Action::kind, Action::by, Action::reason)
        .containsExactly(tuple("discarded", "ana", "a drill"));
    assertThat(discard(id)).isEqualTo(new Outcome.Conflict("DISCARDED"));
    assertThat(retry(id, event(1))).isEqualTo(new Outcome.Conflict("DISCARDED"));
    assertThat(discard(UUID.randomUUID())).isEqualTo(new Outcome.Unknown());
    assertThat(retry(UUID.randomUUID(), null)).isEqualTo(new Outcome.Unknown());
    recordUnreadable("toy.queue", utf8("broken"), Map.of());
    recordUnreadable("toy.queue", utf8("broken"), Map.of());
    assertThat(only()).isNotEqualTo(id);
    assertThat(messages.groups()).containsExactly(new Group("toy.queue", 1));
  }

  @Test
  void a_message_that_can_be_read_now_is_imported_once() {
    Event event = event(1);
    recordUnreadable("toy.queue", new TestEnvelopes().encode(event).array(), Map.of());
    recordUnreadable("other.queue", new TestEnvelopes().encode(event).array(), Map.of());
    List<Unreadable> both = messages.list(null, 10);

    assertThat(retry(both.getFirst().id(), null)).isEqualTo(new Outcome.Retried(event, true));
    assertThat(retry(both.getLast().id(), null)).isEqualTo(new Outcome.Retried(event, false));

    assertThat(messages.list(null, 10)).isEmpty();
    assertThat(messages.find(both.getLast().id()).orElseThrow())
        .satisfies(detail -> {
          assertThat(detail.status()).isEqualTo("RESOLVED");
          assertThat(detail.eventId()).isEqualTo(event.id());
        });
    assertThat(new LogRows(fixture.dataSource(), fixture.catalogue()).after(0, 10))
        .singleElement()
        .satisfies(entry -> assertThat(ImportedFlag.marks(entry.flags())).isTrue());
    assertThat(record(event.id())).as("the inbox has it").isEmpty();
  }

  @Test
  void a_message_that_is_still_no_event_or_not_kept_whole_stays_open() {
    recordUnreadable("toy.queue", utf8("broken"), Map.of());
    UUID broken = only();

    assertThat(retry(broken, null))
        .isInstanceOfSatisfying(
            Outcome.StillUnreadable.class,
            still -> assertThat(still.reason()).startsWith("not an event"));
    assertThat(only()).isEqualTo(broken);
    assertThat(discard(broken)).isEqualTo(new Outcome.Discarded());

    recordUnreadable("toy.queue", new byte[(1 << 20) + 1], Map.of());
    UUID huge = only();
    assertThat(retry(huge, null))
        .isEqualTo(
            new Outcome.StillUnreadable("only the first 1048576 of its 1048577 bytes are kept"));
    assertThat(only()).isEqualTo(huge);
  }

  @Test
  void an_edited_message_is_imported_as_edited() {
    recordUnreadable("toy.queue", utf8("broken"), Map.of());
    UUID id = only();
    Event edited = event(7);

    assertThat(retry(id, edited)).isEqualTo(new Outcome.Retried(edited, true));

    assertThat(process.log().ofKey(edited.key(), 0, 10))
        .extracting(EventLog.Entry::event)
        .containsExactly(edited);
    assertThat(messages.find(id).orElseThrow().actions())
        .extracting(Action::kind)
        .containsExactly("edited");
  }

  @Test
  void a_plain_message_is_read_again_with_its_headers_and_put_on_record_once() {
    Event event = event(3);
    List<Event> onRecord = new ArrayList<>();
    PlainMessages plain =
        new PlainMessages() {
          @Override
          public Optional<Event> read(Bytes body, Map<String, String> headers) {
            return headers.equals(Map.of("message-id", "7", "agent", "\"it\""))
                ? Optional.of(event)
                : Optional.empty();
          }

          @Override
          public void imported(Event imported, UnitOfWork tx) {
            onRecord.add(imported);
          }
        };
    UnreadableMessages accepting =
        new PostgresUnreadableMessages(
            process.transactions(),
            inbox,
            new EventReader(new TestEnvelopes(), fixture.catalogue(), plain));
    Map<String, String> headers = Map.of("message-id", "7", "agent", "\"it\"");
    recordUnreadable("toy.queue", utf8("plain"), headers);
    recordUnreadable("other.queue", utf8("plain"), headers);
    recordUnreadable("foreign.queue", utf8("plain"), Map.of());

    for (Unreadable message : accepting.list(null, 10)) {
      process.transactions().run(tx -> accepting.retry(message.id(), null, "ana", tx));
    }

    assertThat(onRecord).containsExactly(event);
    assertThat(accepting.list(null, 10))
        .extracting(Unreadable::queue)
        .containsExactly("foreign.queue");
    assertThat(process.log().ofKey(event.key(), 0, 10)).hasSize(1);
  }

  @Test
  void a_log_keeps_its_identity_and_no_other_log_has_it() {
    UUID id = new PostgresLogIdentity(fixture.dataSource()).id();
    try (BackboneFixture other = BackboneFixture.start()) {
      assertThat(new PostgresLogIdentity(other.dataSource()).id()).isNotEqualTo(id);
    }
    assertThat(new PostgresLogIdentity(fixture.dataSource()).id()).isEqualTo(id);
  }

  @Test
  void an_imported_event_is_marked_and_delivered_like_any_other() {
    List<UUID> handled = new ArrayList<>();
    process.run(
        Subscription.of(
            "toy",
            Set.of(TestFacts.ADDED),
            (batch, _) -> batch.forEach(message -> handled.add(message.event().id()))));
    UUID key = UUID.randomUUID();
    Event foreign =
        fixture
            .catalogue()
            .envelop(
                UUID.randomUUID(),
                new Added(key, 1),
                Cause.of("elsewhere"),
                Instant.parse("2026-01-01T00:00:00Z"));
    List<Event> events =
        process
            .transactions()
            .call(tx -> {
              tx.importEvent(foreign);
              return List.of(foreign, tx.publish(new Added(key, 2), Cause.of("here")));
            });

    assertThat(new LogRows(fixture.dataSource(), fixture.catalogue()).after(0, 10))
        .extracting(entry -> ImportedFlag.marks(entry.flags()))
        .containsExactly(true, false);
    assertThat(process.log().ofKey(key, 0, 10))
        .extracting(EventLog.Entry::event)
        .containsExactlyElementsOf(events);
  }
}
