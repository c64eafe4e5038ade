package dev.reserva.gateway;

import dev.reserva.Reserva;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway and a client for it. */
final class TestGateway implements AutoCloseable {

  private final ConfigurableApplicationContext context;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestGateway(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * @param properties such as {@code reserva.x=y}
   */
  static TestGateway start(String... properties) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--server.port=0");
    arguments.add("--reserva.http.bind-address=127.0.0.1");
    for (String property : properties) {
      arguments.add("--" + property);
    }
    return new TestGateway(Reserva.startGateway(arguments.toArray(String[]::new)));
  }

  int port() {
    return Integer.parseInt(
        Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
  }

  URI uri(String scheme, String path) {
    return URI.create("%s://127.0.0.1:%d%s".formatted(scheme, port(), path));
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** As after many answers, whatever earlier tests have broken. */
  void closeBreakers() {
    bean(GatewayConfiguration.Routing.class).services().values().stream()
        .flatMap(some -> some.all().stream())
        .forEach(instance -> instance.breaker().reset());
  }

  HttpClient http() {
    return http;
  }

  /** An answer. */
  record Reply(int status, String body, java.net.http.HttpHeaders headers) {
    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    String header(String name) {
      return String.join(", ", headers.allValues(name));
    }
  }

  /**
   * @param headers names and values
   */
  Reply call(String method, String path, @Nullable String body, String... headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("http", path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body(), response.headers());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Reply get(String path, String... headers) throws IOException {
    return call("GET", path, null, headers);
  }

  /** A connection for requests that no client would send. */
  Socket connect() {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
      socket.setSoTimeout(20_000);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends bytes, and reads until the gateway closes the connection.
   *
   * @param text with {@code \n} for each line break of HTTP
   */
  String exchange(String text) throws IOException {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public void close() {
    http.close();
    context.close();
  }
}
