package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.EffectOf;
import dev.reserva.postgres.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two processes on one database, each with services of its own. */
class ServicesIT {

  private static final String PASSWORD = "the password of two halves";
  private static final String SECRET = "a secret that both halves know, long enough";

  private static final Pattern SUBSCRIPTION =
      Pattern.compile("reserva_subscription_handled_total\\{subscription=\"(\\w+)\"}");

  /** A route of each service that an admin may read. */
  private static final Map<String, String> ROUTES =
      Map.of(
          "sales", "/api/orders",
          "inventory", "/api/inventory/products",
          "financial", "/api/payments",
          "logistics", "/api/shipments",
          "customers", "/api/customers",
          "notifications", "/api/notifications",
          "operations", "/api/audit");

  private static final Set<String> FRONT = Set.of("sales", "customers");
  private static final Set<String> BACK =
      Set.of("inventory", "financial", "logistics", "notifications", "operations");

  @TempDir private static Path folder;
  private static HikariDataSource database;
  private static ReservaProcess front;
  private static ReservaProcess back;

  /** One process is configured by command-line options and variables, the other by properties. */
  @BeforeAll
  static void start() throws Exception {
    database = TestPostgres.freshDatabase();
    front =
        ReservaProcess.start(
            folder.resolve("front"),
            List.of("--services", "sales, customers"),
            Map.of(
                "RESERVA_ADMIN_PASSWORD", PASSWORD,
                "RESERVA_SECURITY_TOKENSECRET", SECRET,
                "RESERVA_PRIVACY_SECRET", SECRET,
                "RESERVA_SALES_MAX_WAITING", "10"),
            database());
    back =
        ReservaProcess.startByProperties(
            folder.resolve("back"),
            database(
                "reserva.security.token-secret=" + SECRET,
                "reserva.privacy.secret=" + SECRET,
                "reserva.operations.members.sales=" + front.url(),
                "reserva.operations.members.customers=" + front.url(),
                "reserva.services=inventory,financial,logistics,notifications,operations"));
  }

  @AfterAll
  static void stop() {
    front.close();
    back.close();
    database.close();
  }

  private static String[] database(String... more) {
    List<String> properties =
        new ArrayList<>(
            List.of(
                "reserva.database.url=" + database.getJdbcUrl(),
                "reserva.database.username=" + TestPostgres.server().user(),
                "reserva.database.password=" + TestPostgres.server().password()));
    properties.addAll(List.of(more));
    return properties.toArray(String[]::new);
  }

  private static Shop front() {
    return Shop.login(front.url(), "admin", PASSWORD);
  }

  /** The back process accepts a token of the front process. */
  private static Shop back() {
    return new Shop(back.url(), front().token());
  }

  @Test
  @EffectOf({
    "reserva.services",
    "reserva.port",
    "reserva.data",
    "reserva.security.token-secret",
    "reserva.security.admin-password"
  })
  void each_process_answers_the_routes_of_its_services_alone() {
    ROUTES.forEach((service, route) -> {
      assertThat(front().get(route).status())
          .as("front %s", route)
          .isEqualTo(FRONT.contains(service) ? 200 : 404);
      assertThat(back().get(route).status())
          .as("back %s", route)
          .isEqualTo(BACK.contains(service) ? 200 : 404);
    });
    assertThat(Shop.anonymous(back.url()).post("/api/auth/token", Map.of()).status())
        .as("no accounts here")
        .isEqualTo(401);
    for (Shop half : List.of(front(), back())) {
      JsonNode documented = half.get("/openapi.json").expect(200).body().path("paths");
      ROUTES
          .values()
          .forEach(route ->
              assertThat(documented.has(route)).isEqualTo(half.get(route).status() == 200));
    }
    assertThat(front.data().resolve("token-secret")).as("it was given").doesNotExist();
    assertThat(front.data().resolve("privacy-secret")).as("it was given").doesNotExist();
    assertThat(front.data().resolve("admin-password")).as("it was given").doesNotExist();
    assertThat(back.data().resolve("webhook-secret")).as("generated").exists();
  }

  @Test
  void each_process_runs_the_subscriptions_of_its_services_alone() {
    assertThat(subscriptions(front())).containsExactly("customers", "sales");
    assertThat(subscriptions(back()))
        .containsExactly("financial", "inventory", "logistics", "notifications", "operations");
  }

  private static Set<String> subscriptions(Shop shop) {
    return SUBSCRIPTION
        .matcher(shop.get("/actuator/prometheus").expect(200).response().body())
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void both_carry_out_an_order_together() {
    UUID product = back().product("Anvil", 5);
    UUID customer = front().customer();
    Shop.eventually(
        "the front knows the product",
        () -> {
          Shop.Reply reply = front().place(customer, "tok_approve", List.of(item(product, 2)));
          return reply.status() == 201 ? reply : null;
        });
    UUID order = Shop.eventually("the order", () -> onlyOrderOf(customer));
    front().awaitStatus(order, "CONFIRMED");
    assertThat(back().productNow(product).path("stock").asInt()).isEqualTo(3);
    front().delete("/api/orders/" + order, Map.of("reason", "changed my mind")).expect(202);
    Shop.eventually(
        "the stock is back",
        () -> back().productNow(product).path("available").asInt() == 5 ? true : null);
    Shop.eventually(
        "the money is back",
        () ->
            back()
                    .get("/api/payments?orderId=" + order)
                    .expect(200)
                    .body()
                    .at("/items/0/status")
                    .asString()
                    .equals("REFUNDED")
                ? true
                : null);
    back().assertIntegrity();
  }

  /** What both have in their one database is told once. */
  @Test
  void operations_tells_of_both_processes() {
    UUID product = back().product("Tongs", 5);
    UUID customer = front().customer();
    Shop.eventually(
        "the front knows the product",
        () -> {
          Shop.Reply reply = front().place(customer, "tok_approve", List.of(item(product, 1)));
          return reply.status() == 201 ? reply : null;
        });
    UUID order = onlyOrderOf(customer);
    front().awaitStatus(order, "CONFIRMED");

    assertThat(back().all("/api/events?key=" + order))
        .extracting(event -> event.path("type").asString())
        .contains("sales.order.created", "financial.payment.approved", "sales.order.confirmed")
        .doesNotHaveDuplicates();
    assertThat(back().get("/api/stats").expect(200).body().path("queues"))
        .extracting(queue -> queue.path("subscription").asString())
        .containsExactlyInAnyOrder(
            "inventory",
            "financial",
            "logistics",
            "notifications",
            "operations",
            "sales",
            "customers");
    assertThat(back().get("/api/health").expect(200).body().path("modules").propertyNames())
        .contains(
            "sales",
            "customers",
            "inventory",
            "financial",
            "logistics",
            "notifications",
            "operations");
    JsonNode agreement =
        StreamSupport.stream(
                back().get("/api/integrity").expect(200).body().path("checks").spliterator(), false)
            .filter(check -> check.path("name").asString().equals("orders.services-agree"))
            .findFirst()
            .orElseThrow();
    assertThat(agreement.path("checked").asInt()).isPositive();
    assertThat(agreement.path("ok").asBoolean()).isTrue();
    assertThat(
            back().get("/api/customers/" + customer + "/export").expect(200).body().path("parts"))
        .hasSize(7);
  }

  private static UUID onlyOrderOf(UUID customer) {
    List<JsonNode> orders = front().all("/api/orders?customerId=" + customer);
    assertThat(orders).hasSize(1);
    return UUID.fromString(orders.getFirst().path("id").asString());
  }

  @Test
  void while_one_process_is_down_the_other_waits_for_it() {
    UUID product = back().product("Hammer", 5);
    UUID customer = front().customer();
    front().place(customer, null, List.of(item(product, 1))).expect(201);
    back.kill();
    UUID waiting = front().place(customer, null, List.of(item(product, 1))).expect(201).id();
    assertThat(front().order(waiting).path("status").asString()).isEqualTo("PENDING");

    back.startAgain();
    front().awaitStatus(waiting, "CONFIRMED");
    back().assertIntegrity();
  }
}
