package dev.reserva.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.SharedFixture;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server with all services, and what its audit trail tells. */
final class AuditedServer implements AutoCloseable {

  static final Duration LONG = Duration.ofSeconds(20);
  static final String PASSWORD = "correct horse battery";

  private final TestReserva reserva = TestReserva.start("", null);
  private final UUID product = id(admin("POST", "/api/inventory/products", product("AUDITED")));
  private final UUID customer =
      id(
          admin(
              "POST",
              "/api/customers",
              "{\"name\":\"Ana Souza\",\"email\":\"ana@example.com\",\"phone\":\"+55 11 5555-0100\",\"password\":\"%s\"}"
                  .formatted(PASSWORD)));

  static SharedFixture<AuditedServer> shared() {
    return new SharedFixture<>(AuditedServer.class, AuditedServer::new);
  }

  @Override
  public void close() {
    reserva.close();
  }

  TestReserva reserva() {
    return reserva;
  }

  /** A product that the administrator made at the start, with the SKU {@code AUDITED}. */
  UUID product() {
    return product;
  }

  /**
   * A customer whom the administrator registered at the start, whose login is {@code
   * ana@example.com} with {@link #PASSWORD}.
   */
  UUID customer() {
    return customer;
  }

  /** The body of a request for a new product. */
  static String product(String sku) {
    return "{\"sku\":\"%s\",\"name\":\"Thing\",\"price\":{\"amount\":\"10.00\",\"currency\":\"BRL\"},\"stock\":100}"
        .formatted(sku);
  }

  /** A command of the administrator, which must succeed. */
  Reply admin(String method, String path, @Nullable String body) {
    Reply reply = reserva.call(method, path, reserva.admin(), body);
    assertThat(reply.status()).as("%s %s: %s", method, path, reply.body()).isBetween(200, 299);
    return reply;
  }

  static UUID id(Reply reply) {
    return UUID.fromString(reply.json().path("id").asString());
  }

  /** The items that a search of the audit trail finds, the newest first. */
  List<JsonNode> items(String query) {
    Reply found = reserva.call("GET", "/api/audit" + query, reserva.admin(), null);
    assertThat(found.status()).as(found.body()).isEqualTo(200);
    return found.json().path("items").valueStream().toList();
  }

  /** The newest item, as soon as there is one. */
  JsonNode newest(String action, Object subject) {
    String query =
        "?action=%s&subject=%s"
            .formatted(action, URLEncoder.encode(subject.toString(), StandardCharsets.UTF_8));
    await().atMost(LONG).until(() -> !items(query).isEmpty());
    return items(query).getFirst();
  }

  /** The changes of the newest item, each as {@code before -> after}. */
  Map<String, String> changes(String action, Object subject) {
    return newest(action, subject)
        .path("changes")
        .valueStream()
        .collect(
            Collectors.toMap(
                change -> change.path("field").asString(),
                change ->
                    change.path("before").asString("")
                        + " -> "
                        + change.path("after").asString("")));
  }

  /** A new customer with a login. */
  UUID register(String email) {
    return id(
        admin(
            "POST",
            "/api/customers",
            "{\"name\":\"Somebody\",\"email\":\"%s\",\"password\":\"%s\"}"
                .formatted(email, PASSWORD)));
  }

  /** The tokens of a log-in. */
  JsonNode session(String username) {
    return reserva
        .call(
            "POST",
            "/api/auth/token",
            null,
            "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, PASSWORD))
        .json();
  }
}
