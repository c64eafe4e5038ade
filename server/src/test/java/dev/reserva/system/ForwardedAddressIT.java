package dev.reserva.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whose {@code X-Forwarded-For} is believed, in an environment like that of a Kubernetes pod. The
 * limit of log-ins from one address shows which address the server sees.
 */
class ForwardedAddressIT {

  private static final int LIMIT = 3;

  private static ReservaProcess reserva;

  @BeforeAll
  static void start(@TempDir Path folder) {
    reserva =
        ReservaProcess.start(
            folder.resolve("data"),
            List.of(),
            Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1", "KUBERNETES_SERVICE_PORT", "443"),
            "reserva.services=customers",
            "reserva.customers.logins-per-address=" + LIMIT,
            "reserva.http.trusted-proxies=127.0.0.9,127.1.0.0/16");
  }

  @AfterAll
  static void stop() {
    reserva.close();
  }

  @Test
  void a_clients_own_header_is_ignored_in_a_pod_too() throws Exception {
    try (HttpClient client = from("127.0.0.5")) {
      for (int i = 0; i < LIMIT; i++) {
        assertThat(fail(client, "198.51.100." + i)).isEqualTo(401);
      }
      assertThat(fail(client, "198.51.100.99")).isEqualTo(429);
    }
  }

  @Test
  @EffectOf("reserva.http.trusted-proxies")
  void behind_a_trusted_proxy_each_client_has_its_own_limit() throws Exception {
    try (HttpClient proxy = from("127.0.0.9");
        HttpClient inner = from("127.1.2.3")) {
      for (int i = 0; i < LIMIT; i++) {
        assertThat(fail(proxy, "6.6.6.%d, 203.0.113.7".formatted(i))).isEqualTo(401);
      }
      assertThat(fail(proxy, "203.0.113.7")).isEqualTo(429);
      assertThat(fail(inner, "203.0.113.7, 127.0.0.9")).isEqualTo(429);
      assertThat(fail(proxy, "203.0.113.8")).isEqualTo(401);
    }
  }

  private static HttpClient from(String address) {
    return HttpClient.newBuilder().localAddress(InetAddress.ofLiteral(address)).build();
  }

  private static int fail(HttpClient client, String forwardedFor) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(reserva.url().resolve("/api/auth/token"))
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", forwardedFor)
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"username\":\"user of %s\",\"password\":\"wrong\"}"
                            .formatted(forwardedFor)))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
