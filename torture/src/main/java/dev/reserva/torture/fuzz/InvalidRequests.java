package dev.reserva.torture.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes invalid requests from a server's OpenAPI description: its routes with wrong ids, queries,
 * headers and bodies, and bodies with corrupted bytes. Routes on which an admin may rightly do harm
 * are excluded.
 */
public final class InvalidRequests {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MAX_DEPTH = 5;
  private static final int MAX_MEMBERS = 6;

  /** An admin may publish any event, discard dead letters, and lock itself out. */
  private static final String EXCLUDED_ROUTES =
      "POST /api/events|(POST|DELETE) /api/dlq.*|DELETE /api/users.*|POST /api/auth/.*"
          + "|GET /api/integrity|GET /api/events";

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "null",
          "0",
          "-1",
          "1e999",
          "9223372036854775808",
          "NaN",
          "\u0000",
          "\ud800",
          "’; drop table sales.order; --",
          "../../etc/passwd",
          "<script>alert(1)</script>",
          "${jndi:ldap://localhost/x}",
          "%s%n%x",
          "\u202e\u0301",
          "2026-02-30T25:61:00Z",
          "0000-00-00",
          "BRL",
          "10.001",
          "1.00",
          "credit_card",
          "CONFIRMED",
          "a".repeat(300),
          "ü".repeat(5_000));

  private static final List<String> SEGMENTS =
      List.of(
          "me",
          "0",
          "-1",
          "%00",
          "%2e%2e%2f",
          "%ff",
          ";a=b",
          "null",
          "a%20b",
          "00000000-0000-0000-0000-000000000000",
          "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz",
          "x".repeat(500));

  /** Headers that a server may read, without those that delimit a request. */
  private static final List<String> HEADERS =
      List.of(
          "Accept",
          "Accept-Charset",
          "Accept-Encoding",
          "Accept-Language",
          "Access-Control-Request-Method",
          "Content-Encoding",
          "Content-Language",
          "Cookie",
          "Forwarded",
          "If-Modified-Since",
          "If-None-Match",
          "If-Range",
          "Origin",
          "Range",
          "Referer",
          "X-Correlation-Id",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Proto",
          "X-HTTP-Method-Override",
          "tracestate");

  private static final List<String> HEADER_VALUES =
      List.of(
          "",
          "*",
          "*/*",
          "*/json",
          "/",
          ";",
          ",",
          "=",
          "\"",
          "W/\"",
          "bytes=9-1,-",
          "http://[",
          "-1");

  private final List<Route> routes;
  private final List<String> fields;

  private record Route(String method, String path) {}

  /**
   * A request.
   *
   * @param headers whole lines, each ended by CR LF
   * @param body one character for each byte, as in ISO 8859-1
   */
  public record Request(String method, String path, String headers, String body) {
    public byte[] bytes() {
      return body.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * @param openApi the server's description of its interface
   */
  public InvalidRequests(JsonNode openApi) {
    List<Route> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : openApi.path("paths").properties()) {
      for (String method : path.getValue().propertyNames()) {
        Route route = new Route(method.toUpperCase(java.util.Locale.ROOT), path.getKey());
        if (!(route.method() + " " + route.path()).matches(EXCLUDED_ROUTES)) {
          found.add(route);
        }
      }
    }
    TreeSet<String> names = new TreeSet<>(List.of("id", "items", "status", "__proto__", ""));
    for (JsonNode schema : openApi.path("components").path("schemas")) {
      names.addAll(schema.path("properties").propertyNames());
    }
    this.routes = List.copyOf(found);
    this.fields = List.copyOf(names);
  }

  public int routes() {
    return routes.size();
  }

  public Request next(RandomGenerator random) {
    Route route = pick(routes, random);
    String path = path(route.path(), random) + query(random);
    StringBuilder headers = new StringBuilder();
    if (random.nextInt(4) == 0) {
      headers.append("Idempotency-Key: ").append(headerValue(random)).append("\r\n");
    }
    if (random.nextInt(20) == 0) {
      headers.append("If-Match: ").append(headerValue(random)).append("\r\n");
    }
    if (random.nextInt(20) == 0) {
      headers.append("traceparent: ").append(headerValue(random)).append("\r\n");
    }
    if (random.nextInt(20) == 0) {
      headers.append("Prefer: wait=").append(headerValue(random)).append("\r\n");
    }
    if (random.nextInt(3) == 0) {
      headers.append(pick(HEADERS, random)).append(": ");
      headers.append(random.nextBoolean() ? pick(HEADER_VALUES, random) : headerValue(random));
      headers.append("\r\n");
    }
    String body = "";
    if (!route.method().equals("GET") || random.nextInt(10) == 0) {
      headers.append("Content-Type: ").append(contentType(random)).append("\r\n");
      body = new String(body(random), StandardCharsets.ISO_8859_1);
    }
    return new Request(route.method(), path, headers.toString(), body);
  }

  private static String path(String template, RandomGenerator random) {
    StringBuilder path = new StringBuilder();
    for (String segment : template.substring(1).split("/", -1)) {
      path.append('/');
      if (segment.startsWith("{")) {
        path.append(random.nextBoolean() ? uuid(random).toString() : pick(SEGMENTS, random));
      } else if (random.nextInt(60) == 0) {
        path.append(pick(SEGMENTS, random));
      } else {
        path.append(segment);
      }
    }
    return path.toString();
  }

  private String query(RandomGenerator random) {
    if (random.nextInt(3) > 0) {
      return "";
    }
    List<String> names =
        List.of("limit", "cursor", "status", "from", "to", "customerId", "q", "sku", "after");
    StringBuilder query = new StringBuilder("?");
    int parameters = random.nextInt(1, 4);
    for (int i = 0; i < parameters; i++) {
      query
          .append(random.nextInt(5) == 0 ? pick(SEGMENTS, random) : pick(names, random))
          .append('=')
          .append(random.nextBoolean() ? pick(SEGMENTS, random) : encoded(pick(TEXTS, random)))
          .append('&');
    }
    return query.toString();
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(
        text.substring(0, Math.min(200, text.length())), StandardCharsets.UTF_8);
  }

  private static String headerValue(RandomGenerator random) {
    int length = random.nextInt(12) == 0 ? 400 : random.nextInt(1, 40);
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < length; i++) {
      value.append((char) random.nextInt(0x20, 0xff));
    }
    return value.toString();
  }

  private static String contentType(RandomGenerator random) {
    return switch (random.nextInt(20)) {
      case 0 -> "text/plain";
      case 1 -> "application/xml";
      case 2 -> "application/json; charset=utf-16";
      case 3 -> "nonsense";
      case 4 -> "*/*";
      default -> "application/json";
    };
  }

  private byte[] body(RandomGenerator random) {
    byte[] json;
    switch (random.nextInt(10)) {
      case 0 -> {
        json = new byte[random.nextInt(200)];
        random.nextBytes(json);
      }
      case 1 -> json = "[".repeat(random.nextInt(1, 5_000)).getBytes(StandardCharsets.UTF_8);
      default -> json = JSON.writeValueAsBytes(object(random, 0));
    }
    if (json.length > 0 && random.nextInt(4) == 0) {
      corrupt(json, random);
    }
    return json;
  }

  private static void corrupt(byte[] bytes, RandomGenerator random) {
    int changes = random.nextInt(1, 5);
    for (int i = 0; i < changes; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
  }

  private Map<String, @Nullable Object> object(RandomGenerator random, int depth) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    int members = random.nextInt(MAX_MEMBERS + 1);
    for (int i = 0; i < members; i++) {
      object.put(pick(fields, random), value(random, depth + 1));
    }
    return object;
  }

  private @Nullable Object value(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth < MAX_DEPTH ? 12 : 9)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt();
      case 3 -> random.nextLong();
      case 4 -> random.nextDouble() * 1e300;
      case 5 -> uuid(random).toString();
      case 6 -> new java.math.BigInteger(500, new java.util.Random(random.nextLong()));
      case 7, 8 -> pick(TEXTS, random).replace('\ud800', '?');
      case 9 -> object(random, depth);
      case 10 -> List.of(object(random, depth), object(random, depth));
      default -> Map.of("amount", pick(TEXTS, random).replace('\ud800', '?'), "currency", "BRL");
    };
  }

  private static UUID uuid(RandomGenerator random) {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private static <T> T pick(List<T> from, RandomGenerator random) {
    return from.get(random.nextInt(from.size()));
  }

  /** Bytes that are not a valid request, ended like a header. */
  public static byte[] garbage(RandomGenerator random) {
    String start =
        switch (random.nextInt(10)) {
          case 0 -> "GET";
          case 1 -> "GET / HTTP/9.9\r\n";
          case 2 -> "POST /api/orders HTTP/1.1\r\nContent-Length: -5\r\n";
          case 3 ->
              "POST /api/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n";
          case 4 ->
              "POST /api/orders HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";
          case 5 -> "GET /" + "a".repeat(random.nextInt(40_000)) + " HTTP/1.1\r\n";
          case 6 -> "GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(random.nextInt(2_000));
          case 7 -> "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
          case 8 -> "\u0016\u0003\u0001\u0002\u0000\u0001";
          default -> "";
        };
    byte[] noise = new byte[random.nextInt(64)];
    random.nextBytes(noise);
    return (start + new String(noise, StandardCharsets.ISO_8859_1) + "\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
