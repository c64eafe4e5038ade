package dev.reserva.platform.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import dev.reserva.TestReserva;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that take up connections, against the whole server. */
class SlowConnectionsIT {

  private static final int PER_ADDRESS = 40;

  private static TestReserva reserva;

  @BeforeAll
  static void start() {
    reserva =
        TestReserva.start(
            "customers,operations",
            null,
            "reserva.http.connections-per-address=" + PER_ADDRESS,
            "reserva.http.header-timeout=2s",
            "reserva.http.body-timeout=8s",
            "reserva.http.min-body-rate=2000B");
  }

  @AfterAll
  static void stop() {
    reserva.close();
  }

  private static Trickle from(String address) throws Exception {
    return new Trickle(address, reserva.port());
  }

  private static String post(String path, int length, String... fields) {
    return """
    POST %s HTTP/1.1\r
    Host: shop\r
    Content-Type: application/json\r
    Content-Length: %d\r
    %s\r
    """
        .formatted(path, length, String.join("", fields));
  }

  @Test
  @EffectOf({"reserva.http.connections-per-address", "reserva.http.header-timeout"})
  void an_address_that_trickles_headers_is_limited_and_cut_while_others_are_served()
      throws Exception {
    List<Trickle> slow = new ArrayList<>();
    try {
      for (int i = 0; i < PER_ADDRESS; i++) {
        Trickle client = from("127.0.0.2");
        client.send("POST /api/customers HTTP/1.1\r\nHost: shop\r\nX-Slow: ");
        slow.add(client);
      }
      try (Trickle oneMore = from("127.0.0.2")) {
        assertThat(oneMore.isHungUp()).isTrue();
      }
      assertThat(reserva.call("GET", "/api/health", null, null).status()).isEqualTo(200);
      assertThat(reserva.call("GET", "/actuator/health/liveness", null, null).status())
          .isEqualTo(200);

      assertThat(slow.removeFirst().trickle("a", 1_000, Duration.ofMillis(100))).isEmpty();
      for (Trickle client : slow) {
        assertThat(client.isHungUp()).isTrue();
      }
    } finally {
      for (Trickle client : slow) {
        client.close();
      }
    }
    assertThat(reserva.call("GET", "/actuator/prometheus", reserva.admin(), null).body())
        .containsPattern("reserva_connections_cut_total [1-9]")
        .containsPattern("reserva_connections_refused_total [1-9]");
  }

  /** With the default of 30 s the body would arrive, after 15 s. */
  @Test
  @EffectOf("reserva.http.body-timeout")
  void a_body_that_takes_too_long_is_answered_408() throws Exception {
    try (Trickle client = from("127.0.0.3")) {
      client.send(post("/api/auth/token", 15_000));

      assertThat(client.trickle(" ".repeat(100), 150, Duration.ofMillis(20)))
          .as("arrives in time")
          .startsWith("HTTP/1.1 400");
    }
    try (Trickle client = from("127.0.0.3")) {
      client.send(
          post("/api/users", 60_000, "Authorization: Bearer %s\r\n".formatted(reserva.admin())));

      assertThat(client.trickle(" ".repeat(400), 150, Duration.ofMillis(100)))
          .startsWith("HTTP/1.1 408");
      assertThat(client.isHungUp()).isTrue();
    }
  }

  /** With the default of 500 bytes per second the body would arrive, after 7 s. */
  @Test
  @EffectOf("reserva.http.min-body-rate")
  void a_body_that_arrives_too_slowly_is_answered_408() throws Exception {
    try (Trickle client = from("127.0.0.4")) {
      client.send(post("/api/customers", 7_000));

      assertThat(client.trickle(" ".repeat(100), 70, Duration.ofMillis(100)))
          .startsWith("HTTP/1.1 408");
    }
  }

  @Test
  void a_refused_request_does_not_hold_its_connection_with_its_body() throws Exception {
    try (Trickle client = from("127.0.0.5")) {
      client.send(post("/api/users", 100_000));

      assertThat(client.statusLine()).startsWith("HTTP/1.1 401");
      assertThat(client.isHungUp()).isTrue();
    }
  }
}
