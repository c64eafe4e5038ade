package dev.reserva.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The output and exit status of {@code lint-topology} for a server's answers. */
@Isolated("it watches the standard output of the process")
class LintTopologyCommandTest {

  @TempDir Path data;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(data.resolve("admin-password"), "secret");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/api/auth/token", "{\"accessToken\":\"t\",\"tokenType\":\"Bearer\",\"expiresIn\":60}");
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(String path, String json) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  private Map.Entry<Integer, String> lint() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = System.out;
    try (PrintStream watched = new PrintStream(shown, true, StandardCharsets.UTF_8)) {
      System.setOut(watched);
      int status =
          Main.execute(
              "lint-topology",
              "--url",
              "http://127.0.0.1:" + server.getAddress().getPort(),
              "--data",
              data.toString());
      return Map.entry(status, shown.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
    }
  }

  @Test
  void what_is_as_expected_is_shown_with_its_counts() {
    answer(
        "/api/topology",
        "{\"ok\":true,\"transport\":\"postgres\",\"checks\":[{\"name\":\"catalogue.types-are-consumed\",\"ok\":true,\"checked\":41,\"findings\":[]}],\"unchecked\":[]}");

    Map.Entry<Integer, String> linted = lint();

    assertThat(linted.getKey()).isZero();
    assertThat(linted.getValue())
        .containsPattern("catalogue\\.types-are-consumed +41 +0")
        .contains("Every event has its way (transport: postgres).");
  }

  @Test
  void a_finding_fails_and_is_shown_in_words_with_what_was_not_checked() {
    answer(
        "/api/topology",
        "{\"ok\":false,\"transport\":\"rabbitmq\",\"checks\":[{\"name\":\"rabbitmq.queues\",\"ok\":false,\"checked\":6,\"findings\":[{\"object\":\"queue a.queue\",\"problem\":\"does not exist\"}]}],\"unchecked\":[\"bindings\"]}");

    Map.Entry<Integer, String> linted = lint();

    assertThat(linted.getKey()).isEqualTo(1);
    assertThat(linted.getValue())
        .containsPattern("rabbitmq\\.queues +6 +1")
        .contains("rabbitmq.queues: queue a.queue does not exist", "not checked: bindings")
        .contains("THE TOPOLOGY IS NOT AS EXPECTED (transport: rabbitmq).");
  }

  @Test
  void a_server_that_does_not_answer_is_told_from_a_finding() {
    server.stop(0);

    assertThat(lint().getKey()).isEqualTo(2);
  }
}
