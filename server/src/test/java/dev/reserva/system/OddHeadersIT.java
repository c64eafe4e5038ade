package dev.reserva.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** No header value causes a 5xx, for every route and every header that the server reads. */
class OddHeadersIT {

  private static final List<String> HEADERS =
      List.of(
          "Accept",
          "Accept-Charset",
          "Accept-Encoding",
          "Accept-Language",
          "Access-Control-Request-Headers",
          "Access-Control-Request-Method",
          "Authorization",
          "Cache-Control",
          "Content-Encoding",
          "Content-Language",
          "Content-Type",
          "Cookie",
          "Date",
          "Forwarded",
          "Idempotency-Key",
          "If-Match",
          "If-Modified-Since",
          "If-None-Match",
          "If-Range",
          "If-Unmodified-Since",
          "Last-Event-ID",
          "Origin",
          "Prefer",
          "Range",
          "Referer",
          "Sec-WebSocket-Extensions",
          "Sec-WebSocket-Key",
          "Sec-WebSocket-Protocol",
          "Sec-WebSocket-Version",
          "User-Agent",
          "X-Correlation-Id",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Prefix",
          "X-Forwarded-Proto",
          "X-HTTP-Method-Override",
          "traceparent",
          "tracestate");

  private static final List<String> VALUES =
      List.of(
          "",
          "*",
          "*/*",
          "*/json",
          "/",
          ";",
          ",",
          "\"",
          "\\",
          ",\"/a=",
          "=",
          "wait=",
          "wait=99999999999999999999",
          "bytes=-",
          "bytes=9-1,0-",
          "W/\"",
          "Bearer",
          "Bearer ....",
          "Bearer eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0....",
          "Basic !",
          "http://[",
          "http://a b/%zz",
          "null",
          "-1",
          "%00",
          "${jndi:x}",
          "\u00e9\u00ff",
          "text/plain; charset=nonsense",
          "application/json; charset=\"",
          "x".repeat(4_000));

  private static final String DASHBOARD = "/ws/dashboard";
  private static final String LOG_OUT = "/api/auth/logout";
  private static final String PASSWORD = "correct horse battery";

  /** A handshake by RFC 6455. */
  private static final Map<String, String> HANDSHAKE =
      Map.of(
          "Connection", "Upgrade",
          "Upgrade", "websocket",
          "Sec-WebSocket-Version", "13",
          "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");

  private final URI url = SharedServer.get().url();
  private final Shop shop = SharedServer.get().shop();

  private final String leaver = "leaver-" + UUID.randomUUID();

  private record Route(String method, String path) {}

  @BeforeEach
  void hireWhoLogsOut() {
    shop.post(
            "/api/users",
            Map.of("username", leaver, "password", PASSWORD, "roles", List.of("admin")))
        .expect(201);
  }

  @Test
  void no_header_of_any_route_causes_a_5xx() throws IOException {
    List<Route> routes = routes();
    assertThat(routes).hasSizeGreaterThan(40);
    List<String> failures = new ArrayList<>();
    int sent = 0;
    for (int i = 0; i < routes.size(); i++) {
      for (int h = 0; h < HEADERS.size(); h++) {
        // Each route gets one value of each header. All routes together get all values.
        sent++;
        check(routes.get(i), HEADERS.get(h), VALUES.get((i + h) % VALUES.size()), failures);
      }
    }
    assertThat(failures).isEmpty();
    assertThat(sent).isGreaterThan(2_000);
    shop.assertIntegrity();
  }

  /** The framework reads these headers itself, and parses them otherwise than ours. */
  @Test
  void no_header_of_the_frameworks_own_routes_makes_a_5xx() throws IOException {
    List<String> failures = new ArrayList<>();
    for (String value : VALUES) {
      check(new Route("GET", "/actuator/prometheus"), "Accept", value, failures);
      check(
          new Route("GET", "/actuator/prometheus"),
          "Accept: text/plain\r\nAccept",
          value,
          failures);
      for (String header :
          List.of("Origin", "Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol", "Upgrade")) {
        check(new Route("GET", DASHBOARD), header, value, failures);
      }
    }
    assertThat(failures).isEmpty();
  }

  private void check(Route route, String header, String value, List<String> failures)
      throws IOException {
    String answer = send(route, header, value);
    if (!answer.matches("HTTP/1\\.1 (101|[234]\\d\\d) .*")) {
      failures.add(
          "%s %s with %s: %s -> %s"
              .formatted(
                  route.method(),
                  route.path(),
                  header,
                  value.length() > 50 ? value.length() + " characters" : value,
                  answer));
    }
  }

  /** The routes of the API's description. Path variables are unknown ids. */
  private List<Route> routes() {
    JsonNode paths = Shop.anonymous(url).get("/openapi.json").expect(200).body().path("paths");
    Set<String> methods = Set.of("get", "post", "put", "patch", "delete");
    return Stream.concat(
            paths
                .propertyStream()
                .flatMap(path ->
                    path.getValue()
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .filter(methods::contains)
                        .map(method ->
                            new Route(
                                method.toUpperCase(java.util.Locale.ROOT),
                                path.getKey()
                                    .replaceAll("\\{[^}]*}", UUID.randomUUID().toString())))),
            Stream.of(
                new Route("GET", "/openapi.json"),
                new Route("GET", "/docs"),
                new Route("GET", "/schemas/none"),
                new Route("GET", "/nowhere"),
                new Route("GET", "/"),
                new Route("GET", "/actuator/health/liveness"),
                new Route("GET", "/actuator/prometheus"),
                new Route("GET", DASHBOARD),
                new Route("OPTIONS", "/api/orders"),
                new Route("HEAD", "/api/orders")))
        .toList();
  }

  /** A log-out gets a token of its own, which it ends. */
  private String token(Route route) {
    return Objects.requireNonNull(
        route.path().startsWith(LOG_OUT)
            ? Shop.login(url, leaver, PASSWORD).token()
            : shop.token());
  }

  private String send(Route route, String header, String value) throws IOException {
    String body = route.method().matches("POST|PUT|PATCH") ? "{}" : "";
    StringBuilder request =
        new StringBuilder(
            "%s %s HTTP/1.1\r\nHost: shop\r\n".formatted(route.method(), route.path()));
    Map<String, String> own =
        route.path().equals(DASHBOARD) ? HANDSHAKE : Map.of("Connection", "close");
    own.forEach((name, of) -> {
      if (!name.equals(header)) {
        request.append(name).append(": ").append(of).append("\r\n");
      }
    });
    if (!header.equals("Authorization")) {
      request.append("Authorization: Bearer ").append(token(route)).append("\r\n");
    }
    if (!body.isEmpty()) {
      request.append("Content-Length: ").append(body.length()).append("\r\n");
      if (!header.equals("Content-Type")) {
        request.append("Content-Type: application/json\r\n");
      }
    }
    request.append(header).append(": ").append(value).append("\r\n\r\n").append(body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.toString().getBytes(ISO_8859_1));
      String status =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)).readLine();
      return status == null ? "no answer" : status;
    }
  }
}
