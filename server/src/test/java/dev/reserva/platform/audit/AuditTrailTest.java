package dev.reserva.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reserva.TestTransactions;
import dev.reserva.contracts.OperationsEvent.AuditChange;
import dev.reserva.contracts.OperationsEvent.AuditEntry;
import dev.reserva.contracts.OperationsEvent.AuditRecorded;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AuditTrailTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Actor OPS =
      Actor.of(new Caller("ops", Set.of(Role.WAREHOUSE, Role.OPERATOR), null), "192.0.2.7");
  private static final Actor BOSS =
      Actor.of(new Caller("boss", Set.of(Role.ADMIN), null), "192.0.2.8");

  private final TestTransactions transactions = new TestTransactions(NOW);
  private final AuditTrail trail = new AuditTrail(transactions, Ids.timeOrdered(), CLOCK);

  private static AuditedCommand command(Actor actor, String action, String subject) {
    return new AuditedCommand(
        actor, Cause.of("request-" + subject), new Audited(action, subject, Changes.NONE));
  }

  private static AuditEntry entry(String subject) {
    return new AuditEntry(NOW, subject, "request-" + subject, 1, List.of());
  }

  private List<AuditRecorded> recorded() {
    return transactions.published().stream().map(AuditRecorded.class::cast).toList();
  }

  @Test
  void a_command_is_recorded_with_who_from_where_what_before_and_after() {
    transactions.run(tx ->
        trail.commands(
            List.of(
                new AuditedCommand(
                    OPS,
                    Cause.of("req-1"),
                    new Audited("inventory.product.update", "p-1", Changes.of("price", 2, 3)))),
            tx));

    List<Event> events = transactions.events();
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().correlationId()).isEqualTo("req-1");
    assertThat(events.getFirst().data())
        .contains("\"actor\":\"ops\"", "\"actorKind\":\"staff\"", "\"address\":\"192.0.2.7\"")
        .contains("\"roles\":[\"operator\",\"warehouse\"]")
        .contains("\"action\":\"inventory.product.update\"", "\"subject\":\"p-1\"")
        .contains("\"field\":\"price\",\"before\":\"2\",\"after\":\"3\"");
  }

  @Test
  void commands_of_one_actor_and_kind_in_one_transaction_share_a_record() {
    transactions.run(tx ->
        trail.commands(
            List.of(
                command(OPS, "sales.order.place", "1"),
                command(BOSS, "sales.order.place", "2"),
                command(OPS, "sales.order.place", "3"),
                command(OPS, "sales.order.cancel", "4")),
            tx));

    assertThat(recorded())
        .extracting(AuditRecorded::actor, AuditRecorded::action, AuditRecorded::entries)
        .containsExactlyInAnyOrder(
            tuple("ops", "sales.order.place", List.of(entry("1"), entry("3"))),
            tuple("boss", "sales.order.place", List.of(entry("2"))),
            tuple("ops", "sales.order.cancel", List.of(entry("4"))));
  }

  @Test
  void a_record_has_a_hundred_entries_at_most() {
    List<AuditedCommand> commands = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      commands.add(command(OPS, "sales.order.place", "order-" + i));
    }
    transactions.run(tx -> trail.commands(commands, tx));

    assertThat(recorded())
        .extracting(record -> record.entries().size())
        .containsExactlyInAnyOrder(100, 100, 50);
  }

  @Test
  void a_transaction_that_fails_leaves_no_record() {
    assertThatThrownBy(() ->
            transactions.run(tx -> {
              trail.commands(List.of(command(OPS, "sales.order.place", "1")), tx);
              trail.security(
                  SecurityEvent.of(SecurityAction.PASSWORD_CHANGED, OPS, Cause.of("a")), tx);
              throw new IllegalStateException("as asked");
            }))
        .hasMessage("as asked");

    assertThat(recorded()).isEmpty();
  }

  @Test
  void a_security_event_is_recorded_by_the_next_flush() {
    SecurityEvent refused =
        SecurityEvent.of(SecurityAction.LOGIN_FAILED, Actor.anonymous("192.0.2.9"), Cause.of("a"))
            .about("boss")
            .with("reason", "bad-credentials");
    trail.security(refused);
    trail.security(refused);
    assertThat(recorded()).isEmpty();

    boolean _ = trail.flushes().step().run();

    assertThat(recorded())
        .extracting(
            AuditRecorded::actor,
            AuditRecorded::actorKind,
            AuditRecorded::action,
            AuditRecorded::entries)
        .containsExactly(
            tuple(
                "anonymous",
                "anonymous",
                "security.login.failed",
                List.of(
                    new AuditEntry(
                        NOW,
                        "boss",
                        "a",
                        2,
                        List.of(new AuditChange("reason", null, "bad-credentials"))))));
  }

  @Test
  void a_stop_records_what_waits() {
    trail.security(SecurityEvent.of(SecurityAction.LOGGED_OUT, OPS, Cause.of("a")));
    trail.close();

    assertThat(recorded()).extracting(AuditRecorded::action).containsExactly("security.logout");
  }

  @Test
  void what_was_too_much_is_recorded_with_its_number() {
    for (int i = 0; i < WaitingEvents.MAX_PER_LANE + 7; i++) {
      trail.security(
          SecurityEvent.of(
              SecurityAction.TOKEN_REFUSED, Actor.anonymous("192.0.2." + i), Cause.of("a")));
    }
    trail.close();

    assertThat(recorded())
        .filteredOn(record -> record.action().equals("security.audit.overflow"))
        .singleElement()
        .satisfies(record -> {
          assertThat(record.actorKind()).isEqualTo("system");
          assertThat(record.entries())
              .extracting(AuditEntry::subject, AuditEntry::times)
              .containsExactly(tuple("security.token.refused", 7));
        });
    assertThat(trail.dropped()).isEqualTo(7);
  }

  @Test
  void security_events_wait_while_the_database_is_away() {
    var failing = new FailingOnce(transactions);
    AuditTrail patient = new AuditTrail(failing, Ids.timeOrdered(), CLOCK);
    patient.security(SecurityEvent.of(SecurityAction.LOGGED_OUT, OPS, Cause.of("a")));

    assertThatThrownBy(() -> patient.flushes().step().run())
        .isInstanceOf(DependencyUnavailable.class);
    assertThat(recorded()).isEmpty();
    boolean _ = patient.flushes().step().run();

    assertThat(recorded()).extracting(AuditRecorded::action).containsExactly("security.logout");
  }

  @Test
  void a_stop_without_a_database_does_not_fail() {
    AuditTrail unlucky = new AuditTrail(new FailingOnce(transactions), Ids.timeOrdered(), CLOCK);
    unlucky.security(SecurityEvent.of(SecurityAction.LOGGED_OUT, OPS, Cause.of("a")));

    unlucky.close();

    assertThat(recorded()).isEmpty();
  }

  /** The database cannot be reached for the first transaction. */
  private static final class FailingOnce implements Transactions {
    private final Transactions transactions;
    private boolean failed;

    FailingOnce(Transactions transactions) {
      this.transactions = transactions;
    }

    @Override
    public <R> R call(Function<UnitOfWork, R> work) {
      if (!failed) {
        failed = true;
        throw new DependencyUnavailable("as asked", new SQLException("down"));
      }
      return transactions.call(work);
    }

    @Override
    public <R> R snapshot(Function<UnitOfWork, R> work) {
      return transactions.snapshot(work);
    }
  }
}
