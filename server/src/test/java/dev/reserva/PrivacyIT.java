package dev.reserva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is sealed is in no table and no event. */
class PrivacyIT {

  private static TestReserva reserva;
  private static JdbcTemplate sql;

  private final String unique = UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void start() {
    reserva = TestReserva.start("", null);
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
}
