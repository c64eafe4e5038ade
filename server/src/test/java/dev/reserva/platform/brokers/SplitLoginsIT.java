package dev.reserva.platform.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.JoinedServers;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Customers, who have the logins, and operations on one database, the other services on another.
 */
class SplitLoginsIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PASSWORD = "a password of the tests";

  private static JoinedServers joined;
  private static TestReserva customers;
  private static TestReserva shop;

  @BeforeAll
  static void start() throws Exception {
    joined = JoinedServers.open();
    customers = joined.start("customers,operations");
    shop = joined.start("sales,inventory,financial", JoinedServers.authority(customers));
  }

  @AfterAll
  static void stop() throws Exception {
    joined.close();
  }

  private static Reply ok(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isBetween(200, 299);
    return reply;
  }

  private static String id(Reply reply) {
    return ok(reply).json().get("id").asString();
  }

  /** A verified buyer with a login. */
  private static String buyer(String email) {
    return id(
        customers.call(
            "POST",
            "/api/customers",
            customers.admin(),
            "{\"name\":\"Ann\",\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, PASSWORD)));
  }

  private static String product() {
    return id(
        shop.call(
            "POST",
            "/api/inventory/products",
            customers.admin(),
            """
            {"sku":"S-%s","name":"Thing","price":{"amount":"9.50","currency":"EUR"},"stock":10}
            """
                .formatted(UUID.randomUUID())));
  }

  private static String ordered(String token, String customer, String product, String address) {
    String key = UUID.randomUUID().toString();
    String body =
        """
        {"customerId":"%s","items":[{"productId":"%s","quantity":1}],"shippingAddress":"%s",
          "payment":{"method":"credit_card","token":"tok_approve"}}
        """
            .formatted(customer, product, address);
    // Sales hears of customer and product a little later.
    await()
        .atMost(SOON)
        .until(() ->
            shop.call("POST", "/api/orders", token, body, "Idempotency-Key", key).status() == 201);
    return id(shop.call("POST", "/api/orders", token, body, "Idempotency-Key", key));
  }

  private static Reply order(String token, String order) {
    return shop.call("GET", "/api/orders/" + order, token, null);
  }

  @Test
  void a_customer_logs_in_there_and_sees_here_its_own_orders_only() {
    String email = "ann-" + UUID.randomUUID() + "@example.org";
    String ann = buyer(email);
    String bob = buyer("bob-" + UUID.randomUUID() + "@example.org");
    String product = product();
    String others = ordered(customers.admin(), bob, product, "Elsewhere 1");
    String token = customers.login(email, PASSWORD);
    String own = ordered(customers.admin(), ann, product, "Main Street 5");

    assertThat(order(token, own).status()).isEqualTo(200);
    assertThat(order(token, others).status()).isEqualTo(404);
    assertThat(
            shop.call("PATCH", "/api/inventory/products/" + product + "/stock", token, "{}")
                .status())
        .isEqualTo(403);
  }

  @Test
  void an_erasure_there_destroys_the_key_here() {
    String ann = buyer("ann-" + UUID.randomUUID() + "@example.org");
    String order = ordered(customers.admin(), ann, product(), "Main Street 5");
    await()
        .atMost(SOON)
        .until(() ->
            order(customers.admin(), order).json().get("status").asString().equals("CONFIRMED"));
    assertThat(keysOf(ann, "sealed_key is not null")).isEqualTo(1);

    ok(customers.call("DELETE", "/api/customers/" + ann + "?erase=true", customers.admin(), null));
    for (String status : List.of("SHIPPED", "DELIVERED")) {
      ok(
          shop.call(
              "PUT",
              "/api/orders/" + order + "/status",
              customers.admin(),
              "{\"status\":\"%s\",\"reason\":\"by hand\"}".formatted(status)));
    }

    await().atMost(SOON).until(() -> keysOf(ann, "destroyed_at is not null") == 1);
    assertThat(keysOf(ann, "sealed_key is null")).isEqualTo(1);
  }

  private static int keysOf(String person, String condition) {
    return JdbcClient.create(shop.bean(DataSource.class))
        .sql("select count(*) from platform.subject_key where subject = ?::uuid and " + condition)
        .param(person)
        .query(Integer.class)
        .single();
  }
}
