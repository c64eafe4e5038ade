package dev.reserva;

import dev.reserva.openapi.AnswerCheck;
import dev.reserva.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server with an empty database of its own, and a client for it. */
public final class TestReserva implements AutoCloseable {

  public static final String ADMIN_PASSWORD = "admin-password-of-the-tests";

  private static final String SIGN_UPS = "reserva.http.limits.sign-ups";

  /** Half the lifetime of a token. A class of tests may take longer than that. */
  private static final Duration TOKEN_USE = Duration.ofMinutes(5);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ConfigurableApplicationContext context;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final AnswerCheck checked = new AnswerCheck(http);
  private final Map<String, Token> tokens = new ConcurrentHashMap<>();

  private TestReserva(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * @param services as {@code reserva.services}
   * @param extra a configuration of the test, if it has one
   * @param properties such as {@code reserva.x=y}
   */
  public static TestReserva start(String services, @Nullable Class<?> extra, String... properties) {
    try {
      Path data = Files.createTempDirectory("reserva-test-data-");
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "--reserva.services=" + services,
                  "--reserva.data=" + data,
                  "--reserva.database.url="
                      + TestPostgres.server().jdbcUrl(TestPostgres.freshDatabaseName()),
                  "--reserva.database.username=" + TestPostgres.server().user(),
                  "--reserva.database.password=" + TestPostgres.server().password(),
                  "--reserva.security.admin-password=" + ADMIN_PASSWORD,
                  "--server.port=0"));
      for (String property : properties) {
        arguments.add("--" + property);
      }
      if (Arrays.stream(properties).noneMatch(property -> property.startsWith(SIGN_UPS))) {
        arguments.add("--" + SIGN_UPS + "=1000000"); // all tests of a class share an address
      }
      Class<?>[] more = extra == null ? new Class<?>[0] : new Class<?>[] {extra};
      return new TestReserva(Reserva.application(more).run(arguments.toArray(String[]::new)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** For a type of which there are several. */
  public <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  public int port() {
    return Integer.parseInt(
        Optional.ofNullable(context.getEnvironment().getProperty("local.server.port"))
            .orElseThrow());
  }

  /** An answer. */
  public record Reply(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    public JsonNode json() {
      return JSON.readTree(response.body());
    }

    /** The value of a header; empty if it is absent. */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  /** A token of the admin. */
  public String admin() {
    return login("admin", ADMIN_PASSWORD);
  }

  /** A token of a user, who logs in again in the middle of the token's life. */
  public String login(String username, String password) {
    return tokens
        .compute(
            username + " " + password,
            (_, known) ->
                known != null && System.nanoTime() - known.since() < TOKEN_USE.toNanos()
                    ? known
                    : loggedIn(username, password))
        .value();
  }

  /** Makes a login of staff. */
  public void hire(String username, String password, String role) {
    Reply hired =
        call(
            "POST",
            "/api/users",
            admin(),
            "{\"username\":\"%s\",\"password\":\"%s\",\"roles\":[\"%s\"]}"
                .formatted(username, password, role));
    if (hired.status() != 201) {
      throw new AssertionError(hired.body());
    }
  }

  private record Token(String value, long since) {}

  private Token loggedIn(String username, String password) {
    Reply reply =
        call(
            "POST",
            "/api/auth/token",
            null,
            "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password));
    return new Token(reply.json().get("accessToken").asString(), System.nanoTime());
  }

  /**
   * @param token of the caller; absent for an anonymous call
   * @param body JSON; absent if the request has none
   * @param headers names and values
   */
  public Reply call(
      String method,
      String path,
      @Nullable String token,
      @Nullable String body,
      String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    boolean typed = false;
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
      typed |= headers[i].equals("Content-Type");
    }
    if (body != null && !typed) {
      request.header("Content-Type", "application/json");
    }
    try {
      return new Reply(checked.send(request.build()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    context.close();
  }
}
