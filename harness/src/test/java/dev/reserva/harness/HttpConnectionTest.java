package dev.reserva.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {
  private final Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();
  private final HttpServer server;

  HttpConnectionTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_request_arrives_whole_and_its_answer_is_read_by_its_length() throws IOException {
    server.createContext(
        "/echo",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String said = exchange.getRequestMethod() + " " + header(exchange, "X-Tone") + " " + body;
          answer(exchange, 201, said, true);
        });

    try (HttpConnection connection = connection()) {
      HttpConnection.Answer answer =
          connection.post("/echo", "X-Tone: soft\r\n", "{\"name\":\"São\"}");

      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.text()).isEqualTo("POST soft {\"name\":\"São\"}");
    }
  }

  @Test
  void a_chunked_answer_longer_than_the_buffer_is_put_together() throws IOException {
    String whole = "0123456789".repeat(20_000);
    server.createContext("/chunked", exchange -> answer(exchange, 200, whole, false));

    try (HttpConnection connection = connection()) {
      assertThat(connection.get("/chunked", "").text()).isEqualTo(whole);
      assertThat(connection.get("/chunked", "").text()).isEqualTo(whole);
    }
  }

  @Test
  void requests_share_one_connection() throws IOException {
    server.createContext("/", exchange -> answer(exchange, 200, "ok", true));

    try (HttpConnection connection = connection()) {
      for (int i = 0; i < 50; i++) {
        assertThat(connection.get("/", "").text()).isEqualTo("ok");
      }
    }
    assertThat(callers).hasSize(1);
  }

  @Test
  void after_an_answer_that_closes_the_connection_the_next_request_opens_another()
      throws IOException {
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Connection", "close");
          answer(exchange, 200, "ok", true);
        });

    try (HttpConnection connection = connection()) {
      connection.get("/", "");
      connection.get("/", "");
    }
    assertThat(callers).hasSize(2);
  }

  @Test
  void an_answer_without_a_body_leaves_the_connection_usable() throws IOException {
    server.createContext(
        "/",
        exchange -> {
          callers.add(exchange.getRemoteAddress());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });

    try (HttpConnection connection = connection()) {
      assertThat(connection.get("/", "").status()).isEqualTo(204);
      assertThat(connection.get("/", "").status()).isEqualTo(204);
    }
  }

  @Test
  void an_answer_that_breaks_off_is_a_failure_and_nothing_is_sent_again() throws Exception {
    try (ServerSocket rude = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        HttpConnection connection =
            new HttpConnection(URI.create("http://localhost:" + rude.getLocalPort()))) {
      Thread hangUp =
          Thread.startVirtualThread(() -> {
            try (Socket caller = rude.accept()) {
              caller
                  .getOutputStream()
                  .write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nha"));
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          });

      assertThatThrownBy(() -> connection.get("/", "")).isInstanceOf(IOException.class);
      hangUp.join();
    }
  }

  private HttpConnection connection() {
    return new HttpConnection(URI.create("http://localhost:" + server.getAddress().getPort()));
  }

  private static String header(HttpExchange exchange, String name) {
    return String.valueOf(exchange.getRequestHeaders().getFirst(name));
  }

  private void answer(HttpExchange exchange, int status, String text, boolean sized)
      throws IOException {
    callers.add(exchange.getRemoteAddress());
    byte[] body = bytes(text);
    exchange.sendResponseHeaders(status, sized ? body.length : 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
