package dev.reserva.financial.adapters.web;

import static dev.reserva.financial.Fixtures.CAUSE;
import static dev.reserva.financial.Fixtures.CUSTOMER;
import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.cancelled;
import static dev.reserva.financial.Fixtures.created;
import static dev.reserva.financial.Fixtures.payable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.Reserva;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.contracts.SalesEvent.OrderCreated;
import dev.reserva.contracts.SalesEvent.OrderPaymentPending;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.TestTokens;
import dev.reserva.platform.security.Tokens;
import dev.reserva.postgres.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API of receivables on the running server, with the log and the workers behind it. */
class ReceivablesHttpIT {

  @TempDir private static Path data;
  private static ConfigurableApplicationContext server;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private final UUID order = IDS.next();

  private record Reply(int status, JsonNode body) {}

  @BeforeAll
  static void start() {
    var postgres = TestPostgres.server();
    server =
        Reserva.start(
            "--server.port=0",
            "--reserva.services=financial",
            "--reserva.data=" + data,
            "--reserva.database.url=" + postgres.jdbcUrl(TestPostgres.freshDatabaseName()),
            "--reserva.database.username=" + postgres.user(),
            "--reserva.database.password=" + postgres.password());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_receivable_is_shown_as_the_contract_says() throws Exception {
    publish(created(order));
    JsonNode opened = await("OPEN");
    assertThat(opened.propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "orderId",
            "customerId",
            "amount",
            "settled",
            "refunded",
            "open",
            "status",
            "overdue",
            "openedAt");
    assertThat(opened.path("id").asString()).isEqualTo(order.toString());
    assertThat(opened.path("orderId").asString()).isEqualTo(order.toString());
    assertThat(opened.path("customerId").asString()).isEqualTo(CUSTOMER.toString());
    assertThat(opened.path("amount").toString())
        .isEqualTo("{\"amount\":\"100.00\",\"currency\":\"BRL\"}");
    assertThat(opened.path("open")).isEqualTo(opened.path("amount"));
    assertThat(opened.path("overdue").asBoolean(true)).isFalse();

    publish(payable(order, null));
    JsonNode settled = await("SETTLED");
    assertThat(settled.path("dueAt").asString()).isEqualTo("2026-03-01T12:15:00Z");
    assertThat(settled.path("settled")).isEqualTo(settled.path("amount"));
    assertThat(settled.at("/open/amount").asString()).isEqualTo("0.00");
    assertThat(settled.at("/refunded/amount").asString()).isEqualTo("0.00");
    assertThat(Instant.parse(settled.path("closedAt").asString()))
        .isAfterOrEqualTo(Instant.parse(settled.path("openedAt").asString()));
    assertThat(get("/api/receivables/" + IDS.next(), staff()).status()).isEqualTo(404);
  }

  @Test
  void lists_are_filtered_and_paged() throws Exception {
    UUID customer = IDS.next();
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      UUID each = IDS.next();
      orders.addFirst(each.toString());
      publish(createdBy(customer, each, "10.00", "BRL"));
    }
    publish(cancelled(UUID.fromString(orders.getLast())));
    String ofCustomer = "/api/receivables?customerId=" + customer;
    Awaitility.await()
        .until(() -> items(ofCustomer + "&status=CANCELLED").equals(List.of(orders.getLast())));

    assertThat(items(ofCustomer)).isEqualTo(orders);
    assertThat(items(ofCustomer + "&status=OPEN")).isEqualTo(orders.subList(0, 2));
    assertThat(items("/api/receivables?orderId=" + orders.getFirst()))
        .containsExactly(orders.getFirst());
    assertThat(items(ofCustomer + "&overdue=true")).isEmpty();
    assertThat(items(ofCustomer + "&overdue=false")).isEqualTo(orders);
    assertThat(items(ofCustomer + "&dueBefore=9999-01-01T00:00:00Z")).isEmpty();
    JsonNode first = get(ofCustomer + "&limit=2", staff()).body();
    assertThat(first.path("items")).hasSize(2);
    JsonNode next =
        get(ofCustomer + "&limit=2&cursor=" + first.path("nextCursor").asString(), staff()).body();
    assertThat(next.path("items")).hasSize(1);
    assertThat(next.path("nextCursor").isNull()).isTrue();
    assertThat(
            get("/api/receivables?cursor=" + first.path("nextCursor").asString(), staff()).status())
        .as("a cursor of another filter")
        .isEqualTo(400);
  }

  @Test
  void what_is_open_is_summed_up_by_age_in_the_digits_of_each_currency() throws Exception {
    Instant now = Instant.now();
    owed("1.234", "KWD", now.minus(Duration.ofDays(10)));
    owed("500", "JPY", now.plus(Duration.ofDays(1)));
    owed("700", "JPY", now.minus(Duration.ofDays(100)));
    owed("20.50", "EUR", now.minus(Duration.ofDays(45)));
    UUID last = owed("3.00", "EUR", now.minus(Duration.ofDays(61)));
    Awaitility.await()
        .until(
            () -> get("/api/receivables/" + last, staff()).body().path("overdue").asBoolean(false));

    JsonNode answer = get("/api/receivables/ageing", staff()).body();

    assertThat(Instant.parse(answer.path("at").asString())).isAfter(now.minusSeconds(60));
    assertThat(ageing(answer, "KWD"))
        .isEqualTo(
            """
            {"currency":"KWD","receivables":1,"notDue":"0.000","days1To30":"1.234","days31To60":"0.000",\
            "days61To90":"0.000","over90Days":"0.000","total":"1.234"}\
            """);
    assertThat(ageing(answer, "JPY"))
        .isEqualTo(
            """
            {"currency":"JPY","receivables":2,"notDue":"500","days1To30":"0","days31To60":"0",\
            "days61To90":"0","over90Days":"700","total":"1200"}\
            """);
    assertThat(ageing(answer, "EUR"))
        .isEqualTo(
            """
            {"currency":"EUR","receivables":2,"notDue":"0.00","days1To30":"0.00","days31To60":"20.50",\
            "days61To90":"3.00","over90Days":"0.00","total":"23.50"}\
            """);
    assertThat(items("/api/receivables?overdue=true&limit=200")).contains(last.toString());
    assertThat(items("/api/receivables?dueBefore=" + now.minus(Duration.ofDays(60))))
        .contains(last.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status=open",
        "orderId=1",
        "customerId=x",
        "overdue=maybe",
        "dueBefore=tomorrow",
        "dueBefore=0001-01-01T00:00:00Z",
        "limit=0",
        "cursor=x",
        "total=1"
      })
  void a_bad_parameter_is_refused_by_its_name(String query) throws Exception {
    Reply refused = get("/api/receivables?" + query, staff());

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().toString()).contains(query.substring(0, query.indexOf('=')));
  }

  @Test
  void customers_and_the_warehouse_see_no_receivables() throws Exception {
    for (String path :
        List.of("/api/receivables", "/api/receivables/" + order, "/api/receivables/ageing")) {
      assertThat(get(path, token(Role.CUSTOMER)).status()).isEqualTo(403);
      assertThat(get(path, token(Role.WAREHOUSE)).status()).isEqualTo(403);
    }
    assertThat(get("/api/receivables/1", staff()).status()).isEqualTo(400);
  }

  private static OrderCreated createdBy(UUID customer, UUID id, String amount, String currency) {
    Money total = Money.of(amount, currency);
    return new OrderCreated(
        id,
        null,
        customer,
        List.of(new SalesEvent.Item(IDS.next(), "MOUSE", "Mouse", 1, total, total)),
        total,
        null,
        null,
        "PENDING");
  }

  /** An order that waits for the buyer, who is to pay by then. */
  private static UUID owed(String amount, String currency, Instant payBefore) {
    UUID id = IDS.next();
    publish(createdBy(CUSTOMER, id, amount, currency));
    publish(
        new OrderPaymentPending(
            id,
            CUSTOMER,
            Money.of(amount, currency),
            "credit_card",
            "tok_timeout",
            payBefore,
            "PENDING",
            "PENDING_PAYMENT"));
    return id;
  }

  private static String ageing(JsonNode answer, String currency) {
    for (JsonNode item : answer.path("items")) {
      if (item.path("currency").asString().equals(currency)) {
        return item.toString();
      }
    }
    throw new AssertionError("no " + currency + " in " + answer);
  }

  private static void publish(SalesEvent fact) {
    server.getBean(Transactions.class).run(tx -> tx.publish(fact, CAUSE));
  }

  private JsonNode await(String status) {
    return Awaitility.await()
        .until(
            () -> get("/api/receivables/" + order, staff()).body(),
            body -> body.path("status").asString("").equals(status));
  }

  private static List<String> items(String path) throws Exception {
    Reply reply = get(path, staff());
    assertThat(reply.status()).as(path).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    reply.body().path("items").forEach(item -> ids.add(item.path("id").asString()));
    return ids;
  }

  private static String staff() {
    return token(Role.OPERATOR);
  }

  private static String token(Role role) {
    return TestTokens.issue(
        server.getBean(Tokens.class),
        new Caller("test", Set.of(role), role == Role.CUSTOMER ? CUSTOMER : null));
  }

  private static Reply get(String path, String token) throws Exception {
    String port = server.getEnvironment().getRequiredProperty("local.server.port");
    HttpResponse<String> response =
        HTTP.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .build(),
            BodyHandlers.ofString());
    String body = response.body();
    return new Reply(response.statusCode(), JSON.readTree(body.isEmpty() ? "{}" : body));
  }
}
