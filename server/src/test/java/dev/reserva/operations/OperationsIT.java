package dev.reserva.operations;

import static dev.reserva.platform.security.Role.ADMIN;
import static dev.reserva.platform.security.Role.CUSTOMER;
import static dev.reserva.platform.security.Role.OPERATOR;
import static dev.reserva.platform.security.Role.WAREHOUSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent.OrderCreated;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.operations.RunningServer.Answered;
import dev.reserva.platform.integrity.OrderClaims;
import dev.reserva.platform.security.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OperationsIT {

  private static final Ids IDS = Ids.timeOrdered();
  private static final UUID PRODUCT = IDS.next();
  private static final String ORDER_CREATED = Contracts.ORDER_CREATED;

  @TempDir private static Path data;
  private static RunningServer server;
  private static Drill drill;

  @BeforeAll
  static void start() {
    server = new RunningServer(data);
    drill = server.context.getBean(Drill.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forgetClaims() {
    drill.sold.clear();
    drill.held.clear();
    drill.paid.clear();
  }

  @Test
  void health_needs_no_token() {
    Answered health = server.get(null, "/api/health");

    assertThat(health.status()).isEqualTo(200);
    assertThat(health.body().at("/services/database").asBoolean(false)).isTrue();
    assertThat(health.body().path("modules").propertyNames())
        .contains("customers", "operations", "drill")
        .doesNotContain("messaging", "platform");
    assertThat(health.body().at("/modules/customers/status").asString()).isEqualTo("healthy");
  }

  @Test
  void only_operators_are_told_the_backlogs_in_the_health() {
    String backlog = "/modules/drill/backlog";
    for (Role role : List.of(ADMIN, OPERATOR)) {
      assertThat(server.get(role, "/api/health").body().at(backlog).propertyNames())
          .containsExactlyInAnyOrder("lag", "parked", "dead");
    }
    for (Role role : List.of(WAREHOUSE, CUSTOMER)) {
      assertThat(server.get(role, "/api/health").body().at(backlog)).isEmpty();
    }
    assertThat(server.get(null, "/api/health").body().at(backlog)).isEmpty();
  }

  @Test
  void statistics_count_events_orders_queues_and_workers() {
    Backbone backbone = server.context.getBean(Backbone.class);
    assertThat(backbone.awaitCaughtUp("operations", Duration.ofSeconds(10))).isTrue();
    long before = orders("PENDING");
    state(IDS.next());

    await().untilAsserted(() -> assertThat(orders("PENDING")).isEqualTo(before + 1));
    assertThat(orders("DRAFT")).as("drafts, as sales counts them").isEqualTo(3);
    JsonNode stats = server.get(OPERATOR, "/api/stats").body();
    assertThat(stats.path("events").propertyNames())
        .containsExactly(
            "publishedPerMinute", "consumedPerMinute", "failedPerMinute", "meanProcessingMs");
    assertThat(stats.path("queues").valueStream().map(q -> q.path("subscription").asString()))
        .contains("operations", "drill");
    assertThat(stats.path("workers").valueStream().map(w -> w.path("name").asString()))
        .contains("operations.dashboard");
    assertThat(stats.path("uptimeSeconds").asLong(-1)).isNotNegative();
  }

  @Test
  void a_repeated_step_is_not_counted_again() {
    state(IDS.next());
    Backbone backbone = server.context.getBean(Backbone.class);
    assertThat(backbone.awaitCaughtUp("operations", Duration.ofSeconds(10))).isTrue();
    long before = orders("PENDING");

    backbone.replay("operations", 0);
    state(IDS.next());

    await().untilAsserted(() -> assertThat(orders("PENDING")).isEqualTo(before + 1));
  }

  @Test
  void a_step_by_hand_is_not_counted() {
    Backbone backbone = server.context.getBean(Backbone.class);
    state(IDS.next());
    assertThat(backbone.awaitCaughtUp("operations", Duration.ofSeconds(10))).isTrue();
    long before = orders("PENDING");

    publish(IDS.next(), "Laptop");

    assertThat(backbone.awaitCaughtUp("operations", Duration.ofSeconds(10))).isTrue();
    assertThat(orders("PENDING")).isEqualTo(before);
  }

  @Test
  void an_event_by_hand_repeats_the_last_fact_of_its_service_or_none() {
    UUID order = IDS.next();
    state(order);

    assertThat(publish(order, "Laptop").status()).as("the fact once more").isEqualTo(202);
    Answered other = publish(order, "Mouse");
    Answered next =
        server.post(
            ADMIN, "/api/events", event(Contracts.ORDER_PAID, order, paid(order)).toString());

    for (Answered refused : List.of(other, next)) {
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.body().path("type").asString()).isEqualTo("/problems/fact-not-stated");
    }
    assertThat(events("?key=" + order).path("items")).hasSize(2);
  }

  @Test
  void a_fact_of_a_service_that_runs_here_is_never_stated_by_hand() {
    UUID customer = IDS.next();
    ObjectNode data = JsonMapper.shared().createObjectNode().put("customerId", customer.toString());
    for (String check : List.of("", "?check=false")) {
      Answered refused =
          server.post(
              ADMIN,
              "/api/events" + check,
              event(Contracts.CUSTOMER_DEACTIVATED, customer, data).toString());
      assertThat(refused.status()).as(check).isEqualTo(409);
    }
    assertThat(events("?key=" + customer).path("items")).isEmpty();
  }

  @Test
  void an_event_without_what_its_key_needs_is_refused() {
    ObjectNode nothing = JsonMapper.shared().createObjectNode();
    String event = event(Contracts.STOCK_RESERVED, IDS.next(), nothing).toString();

    Answered unchecked = server.post(ADMIN, "/api/events?check=false", event);
    Answered checked = server.post(ADMIN, "/api/events", event);

    assertThat(unchecked.status()).isEqualTo(400);
    assertThat(unchecked.body().at("/errors/0/pointer").asString()).isEqualTo("/key");
    assertThat(checked.status()).isEqualTo(422);
    for (Contract<?> contract : Contracts.ALL) {
      for (String check : List.of("", "?check=false")) {
        assertThat(
                server
                    .post(
                        ADMIN,
                        "/api/events" + check,
                        event(contract.name(), IDS.next(), nothing).toString())
                    .status())
            .as(contract.name() + check)
            .isIn(202, 400, 409, 422);
      }
    }
    discardAll();
  }

  @Test
  void an_edit_of_a_drill_states_no_fact() {
    UUID order = IDS.next();
    state(order);
    ObjectNode garbage = order(order, "Laptop");
    garbage.put("total", "much");
    server.post(ADMIN, "/api/events?check=false", event(ORDER_CREATED, order, garbage).toString());
    String path = "/api/dlq/" + id(deadLetterOf(order));

    Answered refused = retry(path, order(order, "Another laptop"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().at("/errors/0/message").asString()).contains("published by hand");

    assertThat(retry(path, order(order, "Laptop")).status()).isEqualTo(202);
    await().until(() -> drill.handled(order) == 2);
  }

  @Test
  void an_event_published_by_hand_is_handled_and_says_who_published_it() {
    UUID order = IDS.next();

    Answered answer = publish(order, "Laptop");

    assertThat(answer.status()).isEqualTo(202);
    await().until(() -> drill.handled(order) == 1);
    JsonNode event = only(events("?key=" + order));
    assertThat(event.path("id")).isEqualTo(answer.body().path("id"));
    assertThat(event.path("specversion").asString()).isEqualTo("1.0");
    assertThat(event.path("publishedby").asString()).isEqualTo("admin");
    assertThat(event.path("unchecked").asBoolean(true)).isFalse();
    assertThat(event.at("/data/items/0/unitPrice/amount").asString()).isEqualTo("10.00");
  }

  @Test
  void an_event_published_by_hand_once_per_idempotency_key() {
    UUID order = IDS.next();
    String body = event(ORDER_CREATED, order, order(order, "Laptop")).toString();

    Answered first =
        server.call(ADMIN, "POST", "/api/events", body, "Idempotency-Key", "e" + order);
    Answered again =
        server.call(ADMIN, "POST", "/api/events", body, "Idempotency-Key", "e" + order);

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(events("?key=" + order).path("items")).hasSize(1);
  }

  @Test
  void an_event_that_violates_the_schema_of_its_type_is_refused() {
    UUID order = IDS.next();
    ObjectNode broken = order(order, "Laptop");
    ((ObjectNode) broken.path("items").path(0)).put("quantity", 0);
    broken.remove("total");

    Answered answer =
        server.post(ADMIN, "/api/events", event(ORDER_CREATED, order, broken).toString());

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().path("type").asString()).isEqualTo("/problems/event-refused");
    assertThat(answer.body().path("errors").valueStream().map(e -> e.path("pointer").asString()))
        .containsExactlyInAnyOrder("/data/items/0/quantity", "/data/total");
    assertThat(events("?key=" + order).path("items")).isEmpty();
  }

  @Test
  void an_event_about_something_else_than_its_envelope_is_refused() {
    UUID order = IDS.next();

    assertThat(
            server
                .post(
                    ADMIN,
                    "/api/events",
                    event(ORDER_CREATED, IDS.next(), order(order, "Laptop")).toString())
                .status())
        .isEqualTo(422);
    assertThat(
            server
                .post(
                    ADMIN,
                    "/api/events",
                    event("sales.order.eaten", order, order(order, "Laptop")).toString())
                .status())
        .isEqualTo(422);
    assertThat(server.post(ADMIN, "/api/events", "{\"type\":\"x\"}").body().path("errors"))
        .hasSize(2);
  }

  @Test
  void the_log_is_read_in_pages_and_with_filters() {
    UUID order = IDS.next();
    publish(order, "Laptop");
    server.post(ADMIN, "/api/events", event(Contracts.ORDER_PAID, order, paid(order)).toString());

    JsonNode first = events("?limit=1&key=" + order);
    JsonNode second =
        events("?limit=1&key=%s&cursor=%s".formatted(order, first.path("nextCursor").asString()));

    assertThat(only(first).path("type").asString()).isEqualTo(ORDER_CREATED);
    assertThat(only(second).path("type").asString()).isEqualTo(Contracts.ORDER_PAID);
    assertThat(
            only(
                events(
                    "?key=%s&after=%s".formatted(order, only(first).path("position").asString()))))
        .isEqualTo(only(second));
    assertThat(only(events("?type=%s&subject=%s".formatted(Contracts.ORDER_PAID, order))))
        .isEqualTo(only(second));
    String correlation = only(first).path("correlationid").asString();
    assertThat(only(events("?correlationId=" + correlation))).isEqualTo(only(first));
  }

  @Test
  void invalid_filters_are_named() {
    for (String query :
        List.of(
            "?after=-1",
            "?cursor=x",
            "?subject=1",
            "?type=%00",
            "?correlationId=%20",
            "?limit=0")) {
      assertThat(server.get(OPERATOR, "/api/events" + query).status()).as(query).isEqualTo(400);
    }
  }

  @Test
  void a_dead_letter_is_repaired_and_runs_again() {
    UUID order = IDS.next();
    publish(order, "poison");
    JsonNode letter = deadLetterOf(order);
    String path = "/api/dlq/" + letter.path("id").asString();

    assertThat(letter.path("subscription").asString()).isEqualTo("drill");
    assertThat(letter.at("/error/type").asString()).isEqualTo("Unprocessable");
    assertThat(letter.at("/event/partitionkey").asString()).isEqualTo(order.toString());
    JsonNode group = server.get(OPERATOR, "/api/dlq").body().at("/groups/0");
    assertThat(group.path("eventType").asString()).isEqualTo(ORDER_CREATED);
    assertThat(server.get(OPERATOR, path).body().at("/error/stackTrace").asString())
        .contains("Unprocessable");
    assertThat(server.get(null, "/api/health").body().at("/modules/drill/status").asString())
        .isEqualTo("degraded");

    ObjectNode stolen = order(order, "Laptop");
    stolen.put("customerId", IDS.next().toString());
    Answered refused = retry(path, stolen);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().at("/errors/0/pointer").asString()).isEqualTo("/data/customerId");

    ObjectNode repaired = (ObjectNode) letter.at("/event/data").deepCopy();
    ((ObjectNode) repaired.at("/items/0")).put("name", "Laptop");
    assertThat(retry(path, repaired).status()).isEqualTo(202);
    await().until(() -> drill.handled(order) == 1);

    Answered late = retry(path, repaired);
    assertThat(late.status()).isEqualTo(409);
    await()
        .untilAsserted(() -> {
          JsonNode story = server.get(OPERATOR, path).body();
          assertThat(story.path("status").asString()).isEqualTo("RESOLVED");
          assertThat(story.at("/originalData/items/0/name").asString()).isEqualTo("poison");
          assertThat(story.path("actions").valueStream().map(a -> a.path("kind").asString()))
              .containsExactly("dead_lettered", "edited", "retried");
        });
    assertThat(
            only(events("?type=" + Contracts.MESSAGE_RETRIED + "&subject=" + id(letter)))
                .at("/data/edited")
                .asBoolean(false))
        .isTrue();
  }

  @Test
  void a_dead_letter_is_discarded_with_a_reason() {
    UUID order = IDS.next();
    publish(order, "poison");
    JsonNode letter = deadLetterOf(order);
    String path = "/api/dlq/" + id(letter);

    assertThat(server.call(OPERATOR, "DELETE", path, "{}").status()).isEqualTo(400);
    assertThat(server.call(OPERATOR, "DELETE", path, "{\"reason\":\"a drill\"}").status())
        .isEqualTo(202);
    assertThat(server.call(OPERATOR, "DELETE", path, "{\"reason\":\"a drill\"}").status())
        .isEqualTo(409);
    assertThat(
            only(events("?type=" + Contracts.MESSAGE_DISCARDED + "&subject=" + id(letter)))
                .at("/data/reason")
                .asString())
        .isEqualTo("a drill");
    assertThat(
            server
                .call(OPERATOR, "DELETE", "/api/dlq/" + IDS.next(), "{\"reason\":\"none\"}")
                .status())
        .isEqualTo(404);
  }

  @Test
  void a_command_on_a_dead_letter_its_record_and_its_remembered_answer_commit_together() {
    UUID order = IDS.next();
    publish(order, "poison");
    UUID letter = UUID.fromString(id(deadLetterOf(order)));

    Answered answer =
        server.call(
            OPERATOR,
            "DELETE",
            "/api/dlq/" + letter,
            "{\"reason\":\"a drill\"}",
            "Idempotency-Key",
            letter.toString());

    assertThat(answer.status()).isEqualTo(202);
    Integer together =
        JdbcClient.create(server.context.getBean(DataSource.class))
            .sql(
                """
                select count(*)
                from messaging.dead_letter l
                  join messaging.dead_letter_action a on a.dead_letter_id = l.id and a.xmin = l.xmin
                  join platform.idempotency k on k.xmin = l.xmin
                where l.id = ? and l.status = 'DISCARDED' and a.kind = 'discarded'
                """)
            .param(letter)
            .query(Integer.class)
            .single();
    assertThat(together).isOne();
  }

  @Test
  void dead_letters_are_retried_by_the_group() {
    UUID order = IDS.next();
    publish(order, "poison");
    JsonNode letter = deadLetterOf(order);

    Answered none =
        server.post(
            OPERATOR, "/api/dlq/retry", "{\"subscription\":\"drill\",\"errorType\":\"No\"}");
    Answered some = server.post(OPERATOR, "/api/dlq/retry", "{\"subscription\":\"drill\"}");

    assertThat(none.body().path("retried").asInt(-1)).isZero();
    assertThat(some.status()).isEqualTo(202);
    assertThat(some.body().path("retried").asInt(0)).isPositive();
    await()
        .untilAsserted(() ->
            assertThat(deadLetterOf(order).path("attempts").asInt(0))
                .isGreaterThan(letter.path("attempts").asInt(0)));
    server.call(OPERATOR, "DELETE", "/api/dlq/" + id(letter), "{\"reason\":\"a drill\"}");
  }

  @Test
  void an_unreadable_drill_becomes_a_dead_letter_of_who_acts_on_it_only() {
    UUID order = IDS.next();
    ObjectNode garbage = JsonMapper.shared().createObjectNode().put("orderId", "?");

    Answered answer =
        server.post(
            ADMIN, "/api/events?check=false", event(ORDER_CREATED, order, garbage).toString());

    assertThat(answer.status()).isEqualTo(202);
    JsonNode letter = deadLetterOf(order);
    assertThat(letter.path("subscription").asString()).isEqualTo("drill");
    assertThat(only(events("?key=" + order)).path("unchecked").asBoolean(false)).isTrue();
    server.call(OPERATOR, "DELETE", "/api/dlq/" + id(letter), "{\"reason\":\"a drill\"}");
  }

  @Test
  void integrity_is_counted_live() {
    UUID well = IDS.next();
    UUID broken = IDS.next();
    Money total = Money.of("10.00", "BRL");
    Map<UUID, Integer> lines = Map.of(PRODUCT, 1);
    drill.claim(well, "CONFIRMED", total, lines);
    drill.held.put(
        well, new OrderClaims.Held.Holding("CONFIRMED", false, lines, Map.of(), Map.of()));
    Money none = Money.zero("BRL");
    drill.paid.put(
        well,
        new OrderClaims.Paid.Takings(
            total, none, none, new OrderClaims.Paid.Receivable(total, "SETTLED"), Map.of()));

    JsonNode good = server.get(OPERATOR, "/api/integrity").body();
    drill.claim(broken, "CONFIRMED", total, lines);
    JsonNode bad = server.get(OPERATOR, "/api/integrity").body();

    assertThat(good.path("ok").asBoolean(false)).as(good.toString()).isTrue();
    assertThat(check(good, "orders.services-agree").path("checked").asInt(0)).isEqualTo(1);
    assertThat(check(good, "backbone.deliveries-add-up").path("checked").asInt(0)).isPositive();
    assertThat(bad.path("ok").asBoolean(true)).isFalse();
    assertThat(check(bad, "orders.services-agree").path("violated").asInt(0)).isEqualTo(1);
    assertThat(check(bad, "orders.services-agree").at("/violations/0").asString())
        .contains(broken.toString());
  }

  @Test
  void an_order_with_a_dead_letter_is_in_flight_and_not_inconsistent() {
    UUID order = IDS.next();
    Map<UUID, Integer> lines = Map.of(PRODUCT, 1);
    drill.claim(order, "CANCELLED", Money.of("10.00", "BRL"), lines);
    drill.held.put(
        order, new OrderClaims.Held.Holding("RESERVED", false, lines, Map.of(), Map.of()));
    publish(order, "poison");
    JsonNode letter = deadLetterOf(order);

    JsonNode waiting =
        check(server.get(OPERATOR, "/api/integrity").body(), "orders.services-agree");
    server.call(OPERATOR, "DELETE", "/api/dlq/" + id(letter), "{\"reason\":\"a drill\"}");

    assertThat(waiting.path("ok").asBoolean(false)).isTrue();
    assertThat(waiting.path("inFlight").asInt(0)).isEqualTo(1);
    await()
        .untilAsserted(() -> {
          JsonNode settled =
              check(server.get(OPERATOR, "/api/integrity").body(), "orders.services-agree");
          assertThat(settled.path("violated").asInt(0)).isEqualTo(1);
          assertThat(settled.at("/violations/0").asString()).contains("still reserved");
        });
  }

  @Test
  void schemas_and_asyncapi_are_published() {
    Answered schema = server.get(null, "/schemas/sales.order.created/1");

    assertThat(schema.status()).isEqualTo(200);
    assertThat(schema.contentType()).isEqualTo("application/schema+json");
    assertThat(schema.body().path("$id").asString()).isEqualTo("/schemas/sales.order.created/1");
    assertThat(server.get(null, "/schemas").body().path("schemas")).hasSize(Contracts.ALL.size());
    assertThat(server.get(null, "/schemas/sales.order.created/2").status()).isEqualTo(404);
    assertThat(server.get(null, "/schemas/sales.order.eaten/1").body().path("type").asString())
        .isEqualTo("/problems/not-found");
    assertThat(server.get(null, "/asyncapi.json").body().path("asyncapi").asString())
        .isEqualTo("3.1.0");
  }

  @Test
  void only_permitted_callers_are_admitted() {
    for (String path :
        List.of("/api/stats", "/api/events", "/api/dlq", "/api/integrity", "/api/topology")) {
      assertThat(server.get(null, path).status()).as(path).isEqualTo(401);
      assertThat(server.get(CUSTOMER, path).status()).as(path).isEqualTo(403);
      assertThat(server.get(WAREHOUSE, path).status()).as(path).isEqualTo(403);
      assertThat(server.get(OPERATOR, path).status()).as(path).isEqualTo(200);
      assertThat(server.get(ADMIN, path).status()).as(path).isEqualTo(200);
    }
    assertThat(server.post(OPERATOR, "/api/events", "{}").status()).isEqualTo(403);
  }

  @Test
  void metrics_are_for_operators() throws Exception {
    for (Role role : List.of(ADMIN, OPERATOR)) {
      assertThat(metrics(role).statusCode()).as(role.wire()).isEqualTo(200);
    }
    for (Role role : List.of(WAREHOUSE, CUSTOMER)) {
      assertThat(metrics(role).statusCode()).as(role.wire()).isEqualTo(403);
    }
    assertThat(metrics(null).statusCode()).isEqualTo(401);
  }

  private static HttpResponse<String> metrics(@Nullable Role role) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri("http", "/actuator/prometheus"));
    if (role != null) {
      request.header("Authorization", "Bearer " + server.token(role));
    }
    return server.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void without_a_broker_the_topology_is_that_of_the_catalogue() {
    JsonNode topology = server.get(OPERATOR, "/api/topology").body();

    assertThat(topology.path("transport").asString()).isEqualTo("postgres");
    assertThat(topology.path("checks").valueStream())
        .isNotEmpty()
        .allMatch(check -> check.path("name").asString().startsWith("catalogue."))
        .allMatch(check -> check.path("checked").asLong(0) > 0);
    assertThat(
            topology
                .path("checks")
                .valueStream()
                .flatMap(check -> check.path("findings").valueStream()))
        .as("the subscription of the drill is no service's")
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.path("object").asString()).isEqualTo("service drill");
          assertThat(finding.path("problem").asString())
              .isEqualTo("subscribes to sales.order.created and is not declared to");
        });
    assertThat(topology.path("ok").asBoolean(true)).isFalse();
  }

  @Test
  void without_a_broker_nothing_is_told_of_one() throws Exception {
    assertThat(server.get(OPERATOR, "/api/stats").body().path("broker").isNull()).isTrue();
    JsonNode health = server.get(OPERATOR, "/api/health").body();
    assertThat(health.path("services").propertyNames()).containsExactly("database");
    assertThat(health.path("modules").propertyNames()).doesNotContain("relay");
    assertThat(metrics(ADMIN).body())
        .doesNotContain("reserva_broker", "reserva_intake", "subscription=\"relay\"");
  }

  /** Of a time with a broker. */
  private static void leaveRelay(String lease) {
    JdbcClient.create(server.context.getBean(DataSource.class))
        .sql(
            "insert into messaging.subscription (name, position, lease_until) values ('relay', 0, clock_timestamp() + interval '%s')"
                .formatted(lease))
        .update();
  }

  @Test
  void a_relay_that_is_left_without_a_broker_is_told_and_can_be_removed() {
    String path = "/api/operations/relay";
    assertThat(server.call(ADMIN, "DELETE", path, null).status()).isEqualTo(404);
    assertThat(server.post(ADMIN, path + "/replay", "{\"after\":0}").status()).isEqualTo(404);
    leaveRelay("-1 second");

    JsonNode module = server.get(OPERATOR, "/api/health").body().at("/modules/relay");
    assertThat(module.path("status").asString()).isEqualTo("degraded");
    assertThat(module.path("reason").asString()).contains("DELETE /api/operations/relay");
    assertThat(server.call(OPERATOR, "DELETE", path, null).status()).isEqualTo(403);
    assertThat(server.call(ADMIN, "DELETE", path, null).status()).isEqualTo(204);

    assertThat(server.get(OPERATOR, "/api/health").body().path("modules").propertyNames())
        .doesNotContain("relay");
    await()
        .untilAsserted(() ->
            assertThat(
                    server
                        .get(ADMIN, "/api/audit?action=operations.relay.remove")
                        .body()
                        .path("items"))
                .hasSize(1));
  }

  @Test
  void a_relay_that_another_process_runs_is_left_alone() {
    leaveRelay("1 minute");
    try {
      assertThat(server.get(OPERATOR, "/api/health").body().path("modules").propertyNames())
          .doesNotContain("relay");
      Answered refused = server.call(ADMIN, "DELETE", "/api/operations/relay", null);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.body().path("type").asString()).isEqualTo("/problems/relay-running");
    } finally {
      JdbcClient.create(server.context.getBean(DataSource.class))
          .sql("delete from messaging.subscription where name = 'relay'")
          .update();
    }
  }

  @Test
  void prometheus_sees_every_subscription() throws Exception {
    assertThat(metrics(ADMIN).body())
        .contains("reserva_subscription_lag{subscription=\"drill\"}")
        .contains("reserva_subscription_handled_total{subscription=\"operations\"}")
        .contains("reserva_worker_steps_total{worker=\"operations.dashboard\"}");
  }

  @Test
  void the_dashboard_shows_events_to_permitted_callers() {
    Frames frames = new Frames();
    WebSocket socket = connect(frames);
    socket.sendText(authenticate(OPERATOR), true).join();

    await().until(() -> frames.has("authenticated") && frames.has("system_health"));
    await().until(() -> frames.has("stats_update"));
    UUID order = IDS.next();
    publish(order, "Laptop");

    await()
        .untilAsserted(() ->
            assertThat(frames.of("message_flow"))
                .anySatisfy(frame ->
                    assertThat(frame.at("/data/events").toString()).contains(order.toString())));
    assertThat(frames.of("system_health").getFirst().at("/data/services/database").asBoolean(false))
        .isTrue();
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  @Test
  void the_dashboard_shows_nothing_to_other_callers() {
    for (String first : List.of(authenticate(CUSTOMER), "{\"type\":\"authenticate\"}", "hello")) {
      Frames frames = new Frames();
      connect(frames).sendText(first, true).join();

      await().untilAsserted(() -> assertThat(frames.closed).isCompletedWithValue(4401));
      assertThat(frames.received).isEmpty();
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(
                    server.get(ADMIN, "/api/audit?action=security.token.refused").body().toString())
                .contains("live feed", "127.0.0.1"));
  }

  @Test
  void the_dashboard_ends_when_the_token_is_revoked() {
    String hired =
        "{\"username\":\"watcher\",\"password\":\"correct horse battery\",\"roles\":[\"operator\"]}";
    String admin = "Bearer " + server.adminLogin();
    assertThat(server.call(null, "POST", "/api/users", hired, "Authorization", admin).status())
        .isEqualTo(201);
    Frames frames = watching(server.login("watcher", "correct horse battery"));

    assertThat(
            server
                .call(null, "DELETE", "/api/users/watcher", null, "Authorization", admin)
                .status())
        .isEqualTo(204);

    await().untilAsserted(() -> assertThat(frames.closed).isCompletedWithValue(4401));
  }

  @Test
  void the_dashboard_ends_when_the_api_key_is_revoked() {
    String admin = "Bearer " + server.adminLogin();
    JsonNode key =
        server
            .call(
                null,
                "POST",
                "/api/api-keys",
                "{\"name\":\"Wall display\",\"roles\":[\"operator\"]}",
                "Authorization",
                admin)
            .body();
    Frames frames = watching(key.path("key").asString());

    assertThat(
            server
                .call(
                    null,
                    "DELETE",
                    "/api/api-keys/" + key.path("id").asString(),
                    null,
                    "Authorization",
                    admin)
                .status())
        .isEqualTo(204);

    await().untilAsserted(() -> assertThat(frames.closed).isCompletedWithValue(4401));
  }

  /** The frames of a client that is shown what happens. */
  private static Frames watching(String token) {
    Frames frames = new Frames();
    connect(frames).sendText(authenticate(token), true).join();
    await().until(() -> frames.has("stats_update"));
    return frames;
  }

  private static String authenticate(Role role) {
    return authenticate(server.token(role));
  }

  private static String authenticate(String token) {
    return "{\"type\":\"authenticate\",\"token\":\"%s\"}".formatted(token);
  }

  private static WebSocket connect(Frames frames) {
    return server
        .http
        .newWebSocketBuilder()
        .buildAsync(server.uri("ws", "/ws/dashboard"), frames)
        .join();
  }

  private static final class Frames implements WebSocket.Listener {
    private final Queue<JsonNode> received = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      part.append(text);
      if (last) {
        received.add(JsonMapper.shared().readTree(part.toString()));
        part.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.complete(status);
      return null;
    }

    List<JsonNode> of(String type) {
      return new ArrayList<>(received)
          .stream().filter(frame -> frame.path("type").asString().equals(type)).toList();
    }

    boolean has(String type) {
      return !of(type).isEmpty();
    }
  }

  private static long orders(String status) {
    return server.get(OPERATOR, "/api/stats").body().at("/orders/byStatus/" + status).asLong(0);
  }

  private static JsonNode events(String query) {
    Answered answer = server.get(OPERATOR, "/api/events" + query);
    assertThat(answer.status()).as(query).isEqualTo(200);
    return answer.body();
  }

  private static JsonNode only(JsonNode page) {
    assertThat(page.path("items")).hasSize(1);
    return page.path("items").path(0);
  }

  private static JsonNode check(JsonNode report, String name) {
    return report
        .path("checks")
        .valueStream()
        .filter(check -> check.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode deadLetterOf(UUID key) {
    return await()
        .until(
            () ->
                server
                    .get(OPERATOR, "/api/dlq")
                    .body()
                    .path("items")
                    .valueStream()
                    .filter(
                        item -> item.at("/event/partitionkey").asString().equals(key.toString()))
                    .findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  /** An event of sales, which does not run in this server. */
  private static void state(UUID order) {
    Transactions transactions = server.context.getBean(Transactions.class);
    Object fact =
        server
            .context
            .getBean(EventCatalogue.class)
            .codec()
            .decode(order(order, "Laptop").toString(), OrderCreated.class);
    transactions.run(tx -> tx.publish(fact, Cause.of("a service")));
  }

  private static void discardAll() {
    server.context.getBean(Backbone.class).awaitCaughtUp("drill", Duration.ofSeconds(10));
    for (JsonNode letter : server.get(OPERATOR, "/api/dlq?limit=200").body().path("items")) {
      server.call(OPERATOR, "DELETE", "/api/dlq/" + id(letter), "{\"reason\":\"a drill\"}");
    }
  }

  private static String id(JsonNode letter) {
    return letter.path("id").asString();
  }

  private static Answered retry(String path, ObjectNode edited) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.set("data", edited);
    return server.post(OPERATOR, path + "/retry", body.toString());
  }

  private static Answered publish(UUID order, String item) {
    return server.post(
        ADMIN, "/api/events", event(ORDER_CREATED, order, order(order, item)).toString());
  }

  static ObjectNode event(String type, UUID subject, ObjectNode payload) {
    ObjectNode event =
        JsonMapper.shared().createObjectNode().put("type", type).put("subject", subject.toString());
    event.set("data", payload);
    return event;
  }

  static ObjectNode order(UUID order, String item) {
    ObjectNode payload =
        JsonMapper.shared()
            .createObjectNode()
            .put("orderId", order.toString())
            .put("customerId", PRODUCT.toString());
    ObjectNode line =
        payload
            .putArray("items")
            .addObject()
            .put("productId", PRODUCT.toString())
            .put("sku", "X")
            .put("name", item)
            .put("quantity", 1);
    money(line.putObject("unitPrice"));
    money(line.putObject("total"));
    money(payload.putObject("total"));
    return payload.put("to", "PENDING");
  }

  private static ObjectNode paid(UUID order) {
    ObjectNode payload =
        JsonMapper.shared()
            .createObjectNode()
            .put("orderId", order.toString())
            .put("customerId", PRODUCT.toString())
            .put("paymentId", PRODUCT.toString());
    money(payload.putObject("amount"));
    return payload.put("from", "PENDING_PAYMENT").put("to", "PAID");
  }

  private static void money(ObjectNode money) {
    money.put("amount", "10.00").put("currency", "BRL");
  }
}
