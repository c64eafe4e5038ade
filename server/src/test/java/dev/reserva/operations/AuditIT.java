package dev.reserva.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.Actor;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.Audited;
import dev.reserva.platform.audit.AuditedCommand;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.audit.SecurityEvent;
import dev.reserva.postgres.TestPostgres;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The audit trail over HTTP and in the database. */
class AuditIT {

  private static final Duration LONG = Duration.ofSeconds(20);

  private static TestReserva reserva;
  private static JdbcClient database;

  @BeforeAll
  static void start() {
    reserva = TestReserva.start("", null);
    database = JdbcClient.create(reserva.bean(DataSource.class));
  }

  @AfterAll
  static void stop() {
    reserva.close();
  }

  private static Reply admin(String method, String path, String body, String... headers) {
    return reserva.call(method, path, reserva.admin(), body, headers);
  }

  private static Reply product(String sku, String... headers) {
    return admin(
        "POST",
        "/api/inventory/products",
        "{\"sku\":\"%s\",\"name\":\"Thing\",\"price\":{\"amount\":\"10.00\",\"currency\":\"BRL\"},\"stock\":5}"
            .formatted(sku),
        headers);
  }

  private static List<JsonNode> items(String query) {
    Reply found = reserva.call("GET", "/api/audit" + query, reserva.admin(), null);
    assertThat(found.status()).as(found.body()).isEqualTo(200);
    return found.json().path("items").valueStream().toList();
  }

  /** The only item that a search finds, once there is one. */
  private static JsonNode item(String query) {
    await().atMost(LONG).until(() -> !items(query).isEmpty());
    List<JsonNode> found = items(query);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static void caughtUp() {
    assertThat(reserva.bean(Backbone.class).awaitCaughtUp("operations", LONG)).isTrue();
  }

  private static JsonNode chainCheck() {
    return reserva
        .call("GET", "/api/integrity", reserva.admin(), null)
        .json()
        .path("checks")
        .valueStream()
        .filter(check -> check.path("name").asString().equals("operations.audit-chain-is-whole"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_command_of_staff_is_on_record_with_who_from_where_and_its_correlation() {
    UUID id =
        UUID.fromString(product("WHO", "X-Correlation-Id", "req-who").json().path("id").asString());

    JsonNode item = item("?subject=" + id);
    assertThat(item.path("actor").asString()).isEqualTo("admin");
    assertThat(item.path("actorKind").asString()).isEqualTo("staff");
    assertThat(item.path("roles").path(0).asString()).isEqualTo("admin");
    assertThat(item.path("address").asString()).isEqualTo("127.0.0.1");
    assertThat(item.path("correlationId").asString()).isEqualTo("req-who");
    assertThat(item.path("times").asInt()).isEqualTo(1);
    assertThat(item.path("hash").asString()).matches("[0-9a-f]{64}");
  }

  @Test
  void a_refused_command_and_a_repeated_one_leave_no_record_of_their_own() {
    UUID id =
        UUID.fromString(product("ONCE", "Idempotency-Key", "once").json().path("id").asString());
    assertThat(product("ONCE", "Idempotency-Key", "once").header("Idempotency-Replayed"))
        .isEqualTo("true");
    assertThat(product("ONCE", "X-Correlation-Id", "req-refused").status()).isEqualTo(409);
    product("AFTER-ONCE");
    caughtUp();

    item("?subject=" + id);
    assertThat(items("?actor=admin&limit=200"))
        .noneMatch(item -> item.path("correlationId").asString().equals("req-refused"));
  }

  @Test
  void pages_follow_each_other_without_gap_or_repetition() {
    for (int i = 0; i < 7; i++) {
      product("PAGE-" + i);
    }
    caughtUp();
    List<JsonNode> all = items("?actor=admin&limit=200");

    List<JsonNode> paged = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          reserva
              .call(
                  "GET",
                  "/api/audit?actor=admin&limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor),
                  reserva.admin(),
                  null)
              .json();
      assertThat(page.path("items").size()).isBetween(1, 3);
      page.path("items").forEach(paged::add);
      cursor = page.path("nextCursor").asString("");
    } while (!cursor.isEmpty() && paged.size() < all.size() + 3);

    assertThat(paged.subList(paged.size() - all.size(), paged.size())).isEqualTo(all);
  }

  @Test
  void a_search_is_by_actor_action_subject_and_time() {
    UUID id = UUID.fromString(product("SEARCH").json().path("id").asString());
    JsonNode item = item("?subject=" + id);
    String action = item.path("action").asString();
    String at = item.path("recordedAt").asString();
    String found = "?subject=" + id;

    assertThat(items(found + "&actor=admin&action=" + encoded(action) + "&from=" + at)).hasSize(1);
    assertThat(items(found + "&action=" + encoded(action.substring(0, 5) + "*"))).hasSize(1);
    assertThat(items(found + "&action=" + encoded(action.substring(0, 5)))).isEmpty();
    assertThat(items(found + "&action=zzz*")).isEmpty();
    assertThat(items(found + "&actor=somebody")).isEmpty();
    assertThat(items(found + "&to=" + at)).isEmpty();
    assertThat(items("?subject=SEARCH")).isEmpty();
  }

  @Test
  void a_record_has_the_buckets_that_the_migration_gave_those_before_it() {
    product("BUCKETS");
    caughtUp();

    assertThat(
            database
                .sql("select count(*) from operations.audit_record where subjects <> '{}'")
                .query(Long.class)
                .single())
        .isPositive();
    assertThat(
            database
                .sql(
                    """
                    select sequence from operations.audit_record
                    where subject_buckets <> operations.subject_buckets(subjects)
                    """)
                .query(Long.class)
                .list())
        .isEmpty();
  }

  @Test
  void pages_end_within_the_commands_of_one_record_too() {
    Actor shop = new Actor("page.shop", Actor.Kind.STAFF, List.of("operator"), "192.0.2.1");
    List<AuditedCommand> commands = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      commands.add(
          new AuditedCommand(
              shop, Cause.of("c" + i), new Audited("sales.order.place", "o" + i, Changes.NONE)));
    }
    reserva
        .bean(Transactions.class)
        .run(tx -> reserva.bean(AuditTrail.class).commands(commands, tx));
    caughtUp();

    List<String> subjects = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          reserva
              .call(
                  "GET",
                  "/api/audit?actor=page.shop&limit=40"
                      + (cursor.isEmpty() ? "" : "&cursor=" + cursor),
                  reserva.admin(),
                  null)
              .json();
      page.path("items").forEach(item -> subjects.add(item.path("subject").asString()));
      cursor = page.path("nextCursor").asString("");
    } while (!cursor.isEmpty() && subjects.size() <= commands.size());

    assertThat(subjects)
        .hasSize(150)
        .isEqualTo(IntStream.range(0, 150).mapToObj(i -> "o" + (149 - i)).toList());
    assertThat(items("?actor=page.shop&subject=o7&limit=1"))
        .extracting(item -> item.path("correlationId").asString())
        .containsExactly("c7");
  }

  @Test
  void a_stop_records_the_security_events_that_wait() throws Exception {
    String url;
    try (TestReserva stopping = TestReserva.start("customers,operations", null)) {
      try (Connection connection = stopping.bean(DataSource.class).getConnection()) {
        url = connection.getMetaData().getURL();
      }
      stopping
          .bean(AuditTrail.class)
          .security(
              SecurityEvent.of(
                  SecurityAction.LOGGED_OUT, Actor.anonymous("192.0.2.77"), Cause.of("last")));
    }
    var postgres = TestPostgres.server();
    try (Connection connection =
            DriverManager.getConnection(url, postgres.user(), postgres.password());
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select count(*) from messaging.event where type = 'operations.audit.recorded' and data like '%192.0.2.77%'")) {
      assertThat(found.next()).isTrue();
      assertThat(found.getInt(1)).isEqualTo(1);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?from=yesterday", "?to=10000-01-01T00:00:00Z", "?cursor=xyz", "?who=me"})
  void a_search_that_cannot_be_understood_is_refused(String query) {
    assertThat(reserva.call("GET", "/api/audit" + query, reserva.admin(), null).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update operations.audit_record set actor = 'nobody'",
        "delete from operations.audit_record",
        "truncate operations.audit_record"
      })
  void the_database_refuses_any_change(String change) {
    product("KEPT-" + change.substring(0, 3));
    caughtUp();

    assertThatThrownBy(() -> database.sql(change).update()).hasMessageContaining("append-only");
  }

  @Test
  void the_integrity_check_finds_what_somebody_changed_in_spite_of_that() {
    product("TAMPERED");
    caughtUp();
    assertThat(chainCheck().path("ok").asBoolean(false)).isTrue();
    assertThat(chainCheck().path("checked").asLong()).isPositive();

    tamper("update operations.audit_record set actor = actor || 'x' where sequence = 1");
    JsonNode changed = chainCheck();
    tamper("update operations.audit_record set actor = left(actor, -1) where sequence = 1");

    assertThat(changed.path("ok").asBoolean(true)).isFalse();
    assertThat(changed.path("violations").path(0).asString()).contains("audit record 1 ");
    assertThat(chainCheck().path("ok").asBoolean(false)).isTrue();
  }

  /** As somebody who owns the database. */
  private static void tamper(String sql) {
    database.sql("alter table operations.audit_record disable trigger append_only").update();
    database.sql(sql).update();
    database.sql("alter table operations.audit_record enable trigger append_only").update();
  }

  @Test
  void delivering_everything_again_adds_nothing() {
    product("AGAIN");
    caughtUp();
    long before = count();

    reserva.bean(Backbone.class).replay("operations", 0);
    UUID id = UUID.fromString(product("AFTER-AGAIN").json().path("id").asString());
    item("?subject=" + id);

    assertThat(count()).isEqualTo(before + 1);
    assertThat(chainCheck().path("ok").asBoolean(false)).isTrue();
  }

  private static long count() {
    return database
        .sql("select count(*) from operations.audit_record where action not like 'security.%'")
        .query(Long.class)
        .single();
  }

  @Test
  void an_event_by_hand_is_no_record() {
    UUID id = UUID.fromString(product("BY-HAND").json().path("id").asString());
    String eventId = item("?subject=" + id).path("eventId").asString();
    JsonNode event =
        reserva
            .call(
                "GET",
                "/api/events?type=operations.audit.recorded&limit=200",
                reserva.admin(),
                null)
            .json()
            .path("items")
            .valueStream()
            .filter(one -> one.path("id").asString().equals(eventId))
            .findFirst()
            .orElseThrow();

    String repeated =
        "{\"type\":\"operations.audit.recorded\",\"subject\":\"%s\",\"data\":%s}"
            .formatted(event.path("subject").asString(), event.path("data"));
    assertThat(admin("POST", "/api/events", repeated).status()).isEqualTo(202);
    String forged = repeated.replace("\"actor\":\"admin\"", "\"actor\":\"somebody\"");
    assertThat(admin("POST", "/api/events", forged).status()).isEqualTo(409);
    UUID next = UUID.fromString(product("AFTER-BY-HAND").json().path("id").asString());
    item("?subject=" + next);

    assertThat(items("?subject=" + id)).hasSize(1);
  }

  @Test
  void operators_do_not_see_the_trail_in_the_log() {
    product("LOGGED");
    reserva.hire("log.reader", "correct horse battery", "operator");
    String operator = reserva.login("log.reader", "correct horse battery");

    String path = "/api/events?type=operations.audit.recorded";
    assertThat(reserva.call("GET", path, operator, null).json().path("items")).isEmpty();
    assertThat(reserva.call("GET", path, reserva.admin(), null).json().path("items")).isNotEmpty();
    assertThat(reserva.call("GET", "/api/audit", operator, null).status()).isEqualTo(403);
  }
}
