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

/** The output and exit status of {@code verify} for a server's answers. */
@Isolated("it watches the standard output of the process")
class VerifyCommandTest {

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

  private Map.Entry<Integer, String> verify() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = System.out;
    try (PrintStream watched = new PrintStream(shown, true, StandardCharsets.UTF_8)) {
      System.setOut(watched);
      int status =
          Main.execute(
              "verify",
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
  void invariants_that_hold_are_shown_with_their_counts() {
    answer(
        "/api/integrity",
        "{\"ok\":true,\"checks\":[{\"name\":\"inventory.stock-equals-ledger\",\"ok\":true,\"checked\":1234,\"violations\":[]}]}");

    Map.Entry<Integer, String> verified = verify();

    assertThat(verified.getKey()).isZero();
    assertThat(verified.getValue())
        .containsPattern("inventory\\.stock-equals-ledger +1234 +yes")
        .contains("Every invariant holds.");
  }

  @Test
  void an_invariant_that_is_broken_fails_and_is_shown_with_what_breaks_it() {
    answer(
        "/api/integrity",
        "{\"ok\":false,\"checks\":[{\"name\":\"inventory.stock-equals-ledger\",\"ok\":false,\"checked\":7,\"violations\":[\"product 1: stock 5, ledger 4\"]}]}");

    Map.Entry<Integer, String> verified = verify();

    assertThat(verified.getKey()).isEqualTo(1);
    assertThat(verified.getValue())
        .contains("inventory.stock-equals-ledger: product 1: stock 5, ledger 4")
        .contains("AN INVARIANT IS BROKEN.");
  }
}
