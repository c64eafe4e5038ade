package dev.reserva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** What is sealed is in no table and no event. */
class PrivacyIT {

  private static TestReserva reserva;
  private static JdbcTemplate sql;

  private final String unique = UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void start() {
    reserva = TestReserva.start("", null, "reserva.sales.deadlines.interval=100ms");
    sql = new JdbcTemplate(reserva.bean(DataSource.class));
  }

  @AfterAll
  static void stop() {
    reserva.close();
  }

  private TestReserva.Reply send(String method, String path, @Nullable String body) {
    return reserva.call(method, path, reserva.admin(), body);
  }

  private UUID created(String path, String body) {
    TestReserva.Reply reply = send("POST", path, body);
    assertThat(reply.status()).as(reply.body()).isBetween(200, 202);
    return UUID.fromString(reply.json().path("id").asString());
  }

  private UUID product() {
    return created(
        "/api/inventory/products",
        "{\"sku\":\"P-%s\",\"name\":\"Mug\",\"stock\":50,\"price\":{\"amount\":\"2.00\",\"currency\":\"BRL\"}}"
            .formatted(UUID.randomUUID()));
  }

  private UUID customer(String name) {
    return created(
        "/api/customers",
        "{\"name\":\"%s\",\"email\":\"%s@example.org\"}".formatted(name, UUID.randomUUID()));
  }

  private UUID order(UUID customer, UUID product, String more) {
    return created(
        "/api/orders",
        "{\"customerId\":\"%s\",\"items\":[{\"productId\":\"%s\",\"quantity\":1}]%s}"
            .formatted(customer, product, more));
  }

  private void awaitStatus(UUID order, String status) {
    await()
        .untilAsserted(() ->
            assertThat(send("GET", "/api/orders/" + order, null).json().path("status").asString())
                .isEqualTo(status));
  }

  /** The tables with a row that has this text, as it is or as bytes. */
  private static List<String> tablesWith(String text) {
    String bytes = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    List<String> found = new ArrayList<>();
    for (String table :
        sql.queryForList(
            """
            select format('%I.%I', schemaname, tablename) from pg_tables
            where schemaname not in ('pg_catalog', 'information_schema')
            """,
            String.class)) {
      Integer rows =
          sql.queryForObject(
              "select count(*) from %s t where strpos(t::text, ?) > 0 or strpos(t::text, ?) > 0"
                  .formatted(table),
              Integer.class,
              text,
              bytes);
      if (rows != null && rows > 0) {
        found.add(table);
      }
    }
    return found;
  }

  @Test
  void a_payment_token_takes_effect_and_is_in_no_table() {
    UUID product = product();
    UUID customer = customer("Ana");
    String token = "tok_" + unique;
    UUID declined =
        order(customer, product, ",\"payment\":{\"method\":\"pix\",\"token\":\"" + token + "\"}");
    awaitStatus(declined, "CANCELLED"); // the simulator knows no such token
    UUID paid =
        order(customer, product, ",\"payment\":{\"method\":\"pix\",\"token\":\"tok_approve\"}");
    awaitStatus(paid, "CONFIRMED");

    assertThat(tablesWith(declined.toString())).contains("sales.\"order\"", "financial.payments");
    assertThat(tablesWith(token)).isEmpty();
    assertThat(tablesWith("tok_approve")).isEmpty();
    assertThat(send("GET", "/api/events?limit=200&key=" + paid, null).body())
        .contains("sales.order.payment_pending", "sealed-token:")
        .doesNotContain("tok_approve");
  }

  @Test
  void a_token_that_comes_later_or_with_a_draft_is_sealed_too() {
    UUID product = product();
    UUID customer = customer("Ana");
    UUID draft =
        order(
            customer,
            product,
            ",\"draft\":true,\"payment\":{\"method\":\"pix\",\"token\":\"tok_first_"
                + unique
                + "\"}");
    TestReserva.Reply revised =
        send(
            "PUT",
            "/api/orders/" + draft,
            "{\"items\":[{\"productId\":\"%s\",\"quantity\":1}],\"payment\":{\"method\":\"pix\",\"token\":\"tok_pending\"}}"
                .formatted(product));
    assertThat(revised.status()).as(revised.body()).isEqualTo(200);
    assertThat(send("POST", "/api/orders/" + draft + "/submit", "{}").status()).isEqualTo(200);
    awaitStatus(draft, "PENDING_PAYMENT");
    String replacing =
        "{\"orderId\":\"%s\",\"method\":\"credit_card\",\"token\":\"tok_slow_%d\"}"
            .formatted(draft, 1);
    await()
        .untilAsserted(() ->
            assertThat(send("POST", "/api/payments/process", replacing).status()).isEqualTo(202));
    awaitStatus(draft, "CONFIRMED");
    assertThat(tablesWith("tok_")).isEmpty();
  }

  @Test
  void a_reference_that_somebody_has_read_pays_nothing() {
    UUID product = product();
    UUID customer = customer("Ana");
    UUID paid =
        order(customer, product, ",\"payment\":{\"method\":\"pix\",\"token\":\"tok_approve\"}");
    awaitStatus(paid, "CONFIRMED");
    String reference =
        sql.queryForObject(
            "select payment_token from sales.order where id = ?", String.class, paid);
    assertThat(reference).startsWith("sealed-token:");
    UUID stolen =
        order(
            customer, product, ",\"payment\":{\"method\":\"pix\",\"token\":\"" + reference + "\"}");
    awaitStatus(stolen, "CANCELLED");
  }

  private record Person(UUID id, String name, String email, String phone, String address) {
    List<String> traces() {
      return List.of(name, email, phone, address);
    }
  }

  /** A customer with a login whose order is confirmed. */
  private Person buyer() {
    String email = "maria." + unique + "@example.org";
    Person maria =
        new Person(
            created(
                "/api/customers",
                "{\"name\":\"Maria %s\",\"email\":\"%s\",\"phone\":\"+1 %d\",\"language\":\"pt\","
                        .formatted(unique, email, phone())
                    + "\"password\":\"correct horse\"}"),
            "Maria " + unique,
            email,
            "+1 " + phone(),
            "Rua " + unique + " 12");
    return maria;
  }

  private long phone() {
    return 1_000_000_000L + Math.floorMod(unique.hashCode(), 1_000_000);
  }

  private UUID confirmedOrder(Person person) {
    UUID order =
        order(
            person.id(),
            product(),
            ",\"shippingAddress\":\"%s\",\"payment\":{\"method\":\"pix\"}"
                .formatted(person.address()));
    awaitStatus(order, "CONFIRMED");
    return order;
  }

  private void move(UUID order, String status) {
    TestReserva.Reply moved =
        send(
            "PUT",
            "/api/orders/" + order + "/status",
            "{\"status\":\"" + status + "\",\"reason\":\"by hand\"}");
    assertThat(moved.status()).as(moved.body()).isEqualTo(200);
  }

  private TestReserva.Reply erase(UUID customer) {
    TestReserva.Reply reply = send("DELETE", "/api/customers/" + customer + "?erase=true", null);
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    return reply;
  }

  @Test
  void what_events_say_about_a_person_is_sealed() {
    Person maria = buyer();
    UUID order = confirmedOrder(maria);
    TestReserva.Reply changed =
        send(
            "PUT",
            "/api/customers/" + maria.id(),
            "{\"name\":\"%s Souza\",\"email\":\"%s\",\"phone\":\"%s\"}"
                .formatted(maria.name(), maria.email(), maria.phone()));
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    for (UUID key : List.of(maria.id(), order)) {
      assertThat(send("GET", "/api/events?limit=200&key=" + key, null).body())
          .contains("sealed-personal:")
          .doesNotContain(maria.traces());
    }
    assertThat(tablesWith(maria.name())).containsExactly("customers.customer");
    assertThat(tablesWith(maria.phone())).containsExactly("customers.customer");
    assertThat(tablesWith(maria.email())).doesNotContain("messaging.event_batch");
    assertThat(tablesWith(maria.address())).isEmpty();
  }

  @Test
  void an_erased_person_is_nowhere() {
    Person maria = buyer();
    UUID order = confirmedOrder(maria);
    String login = "{\"username\":\"%s\",\"password\":\"correct horse\"}".formatted(maria.email());
    assertThat(reserva.call("POST", "/api/auth/token", null, login).status()).isEqualTo(200);

    assertThat(erase(maria.id()).json().has("erasedAt")).isFalse();
    assertThat(reserva.call("POST", "/api/auth/token", null, login).status()).isEqualTo(401);
    move(order, "SHIPPED");
    assertThat(erase(maria.id()).json().has("erasedAt")).as("an order is open").isFalse();
    assertThat(send("GET", "/api/customers/" + maria.id(), null).body()).contains(maria.name());
    move(order, "DELIVERED");
    await().untilAsserted(() -> assertThat(erase(maria.id()).json().has("erasedAt")).isTrue());

    await()
        .untilAsserted(() ->
            assertThat(
                    sql.queryForObject(
                        "select shipping_address is null from sales.order where id = ?",
                        Boolean.class,
                        order))
                .isTrue());
    for (String trace : maria.traces()) {
      assertThat(tablesWith(trace)).as(trace).isEmpty();
    }
    JsonNode left = send("GET", "/api/customers/" + maria.id(), null).json();
    assertThat(left.path("name").asString()).isEqualTo("erased");
    assertThat(left.has("phone") || left.has("language")).isFalse();
    assertThat(send("GET", "/api/orders/" + order, null).status()).isEqualTo(200);
    assertThat(send("GET", "/api/events?limit=200&key=" + maria.id(), null).body())
        .contains(
            "customers.customer.erasure_requested",
            "sales.customer.orders_ended",
            "customers.customer.erased");
    assertThat(
            sql.queryForObject(
                "select sealed_key is null from platform.subject_key where subject = ?",
                Boolean.class,
                maria.id()))
        .isTrue();
    assertThat(send("GET", "/api/integrity", null).json().path("ok").asBoolean()).isTrue();
    created("/api/customers", "{\"name\":\"Maria\",\"email\":\"%s\"}".formatted(maria.email()));
  }

  @Test
  void the_links_of_an_erased_person_are_deleted() {
    Person maria = buyer();
    assertThat(linksOf(maria)).as("a password of staff is to be replaced").isEqualTo(1);

    erase(maria.id());
    await().untilAsserted(() -> assertThat(erase(maria.id()).json().has("erasedAt")).isTrue());

    assertThat(linksOf(maria)).isZero();
  }

  @Test
  void a_customers_own_request_for_erasure_is_on_record() {
    Person maria = buyer();
    String token = reserva.login(maria.email(), "correct horse");

    assertThat(
            reserva
                .call("DELETE", "/api/customers/" + maria.id() + "?erase=true", token, null)
                .status())
        .isEqualTo(202);

    String records = "/api/audit?action=security.erasure.requested&subject=" + maria.id();
    await()
        .untilAsserted(() ->
            assertThat(send("GET", records, null).json().at("/items/0/actor").asString(""))
                .isEqualTo(maria.id().toString()));
  }

  private static int linksOf(Person person) {
    return Objects.requireNonNull(
        sql.queryForObject(
            "select count(*) from customers.account_link where owner_id = ?",
            Integer.class,
            person.id()));
  }

  @Test
  void an_erasure_of_nobody_is_not_found_and_of_one_without_orders_needs_no_order_to_end() {
    assertThat(send("DELETE", "/api/customers/" + UUID.randomUUID() + "?erase=true", null).status())
        .isEqualTo(404);
    UUID ana = customer("Ana " + unique);
    erase(ana);
    await().untilAsserted(() -> assertThat(erase(ana).json().has("erasedAt")).isTrue());
    assertThat(tablesWith("Ana " + unique)).isEmpty();
  }

  @Test
  void a_customer_gets_all_that_is_held_about_it_and_nobody_elses() {
    Person maria = buyer();
    UUID order = confirmedOrder(maria);
    String token = reserva.login(maria.email(), "correct horse");
    String path = "/api/customers/" + maria.id() + "/export";
    for (String caller : List.of(token, reserva.admin())) {
      TestReserva.Reply export = reserva.call("GET", path, caller, null);
      assertThat(export.status()).isEqualTo(200);
      assertThat(export.body())
          .contains(maria.traces())
          .contains(order.toString())
          .doesNotContain("sealed-");
      assertThat(export.json().path("parts").findValuesAsString("name"))
          .contains("customer", "orders", "receivables", "returns");
    }
    UUID other = customer("Ana");
    assertThat(reserva.call("GET", "/api/customers/" + other + "/export", token, null).status())
        .isEqualTo(404);
    assertThat(send("GET", "/api/customers/" + UUID.randomUUID() + "/export", null).status())
        .isEqualTo(404);
    TestReserva.Reply rest = send("GET", path + "?part=orders&before=" + order, null);
    assertThat(rest.status()).isEqualTo(200);
    assertThat(rest.json().at("/parts/0/records")).isEmpty();
    assertThat(send("GET", path + "?part=secrets", null).status()).isEqualTo(400);
    assertThat(send("GET", path + "?before=" + order, null).status()).isEqualTo(400);
  }
}
