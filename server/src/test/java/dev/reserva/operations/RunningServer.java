package dev.reserva.operations;

import dev.reserva.Reserva;
import dev.reserva.openapi.AnswerCheck;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.TestTokens;
import dev.reserva.platform.security.Tokens;
import dev.reserva.postgres.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server with operations and the {@link Drill}, asked over HTTP. */
final class RunningServer implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();

  final ConfigurableApplicationContext context;
  final HttpClient http = HttpClient.newHttpClient();
  private final AnswerCheck checked = new AnswerCheck(http);
  private final int port;
  private final Path data;

  /** On an empty database of its own. */
  RunningServer(Path data) {
    this(
        TestPostgres.server().jdbcUrl(TestPostgres.freshDatabaseName()),
        TestPostgres.server().user(),
        TestPostgres.server().password(),
        data);
  }

  RunningServer(String jdbcUrl, String user, String password, Path data) {
    this.data = data;
    context =
        new SpringApplicationBuilder(Reserva.class, Drill.class)
            .run(
                "--reserva.services=customers,operations",
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--reserva.data=" + data,
                "--reserva.database.url=" + jdbcUrl,
                "--reserva.database.username=" + user,
                "--reserva.database.password=" + password,
                "--reserva.operations.dashboard-interval=100ms");
    port =
        Integer.parseInt(
            Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
  }

  record Answered(int status, JsonNode body, String contentType) {}

  String token(Role role) {
    return TestTokens.issue(
        context.getBean(Tokens.class), new Caller(role.wire(), Set.of(role), null));
  }

  /** A token of the administrator who was made at the first start. */
  String adminLogin() {
    try {
      return login("admin", Files.readString(data.resolve("admin-password")).strip());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  String login(String username, String password) {
    String body = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password);
    return post(null, "/api/auth/token", body).body().path("accessToken").asString();
  }

  URI uri(String scheme, String path) {
    return URI.create("%s://127.0.0.1:%d%s".formatted(scheme, port, path));
  }

  Answered get(@Nullable Role role, String path) {
    return call(role, "GET", path, null);
  }

  Answered post(@Nullable Role role, String path, String body) {
    return call(role, "POST", path, body);
  }

  Answered call(
      @Nullable Role role, String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("http", path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (role != null) {
      request.header("Authorization", "Bearer " + token(role));
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      var response = checked.send(request.build());
      return new Answered(
          response.statusCode(),
          response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body()),
          response.headers().firstValue("Content-Type").orElse(""));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    context.close();
    http.close();
  }
}
