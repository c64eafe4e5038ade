package dev.reserva.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How the platform handles requests before and after a controller. */
class RequestsIT {

  private static final List<String> SECURITY_HEADERS =
      List.of(
          "\r\nX-Content-Type-Options: nosniff\r\n",
          "\r\nX-Frame-Options: DENY\r\n",
          "\r\nReferrer-Policy: no-referrer\r\n",
          "\r\nContent-Security-Policy: default-src ",
          "\r\nCache-Control: no-store\r\n");

  private static TestReserva reserva;

  @BeforeAll
  static void start() {
    reserva = TestReserva.start("customers", ProbeConfiguration.class);
  }

  @AfterAll
  static void stop() {
    reserva.close();
  }

  private static Reply echo(String body) {
    return reserva.call("POST", "/probe/echo", null, body);
  }

  private static void isProblem(Reply reply, int status, String type) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.header("X-Correlation-Id")).isNotEmpty();
    JsonNode problem = reply.json();
    assertThat(problem.get("type").asString()).isEqualTo("/problems/" + type);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    for (String member : new String[] {"title", "detail", "instance", "traceId"}) {
      assertThat(problem.get(member).asString()).as(member).isNotEmpty();
    }
    assertThat(reply.body()).doesNotContain("dev.reserva", "java.", "Exception", "secret text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"number":"1"}                        | /number
          {"number":1.5}                        | /number
          {"number":99999999999}                | /number
          {"text":7}                            | /text
          {"lines":{}}                          | /lines
          {"lines":[null]}                      | /lines/0
          {"lines":[{"quantity":1},{"quantity":true}]} | /lines/1/quantity
          {"lines":[{"productId":"x"}]}         | /lines/0/productId
          {"text":"a","text":"b"}               | /text
          {"text":"nul \\u0000 l"}              | /text
          {"text":"half \\ud800"}               | /text
          {"price":{"amount":"-1","currency":"BRL"}} | /price
          """)
  void a_wrong_body_is_400_with_the_place(String body, String pointer) {
    Reply reply = echo(body);

    isProblem(reply, 400, "invalid-request");
    assertThat(reply.json().get("errors").get(0).get("pointer").asString()).isEqualTo(pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "null", "[]", "7", "\"x\"", "{", "{}{}", "{\"text\":\"\t\"}", "x"})
  void a_body_that_is_not_an_object_is_400(String body) {
    isProblem(echo(body), 400, "invalid-request");
  }

  @Test
  void a_null_character_in_a_name_is_400() {
    isProblem(echo("{\"\\u0000\":1}"), 400, "invalid-request");
  }

  @Test
  void all_unknown_fields_are_named() {
    Reply reply = echo("{\"foo\":1,\"text\":\"a\",\"lines\":[{\"bar\":{\"deep\":[1]}}]}");

    isProblem(reply, 400, "invalid-request");
    assertThat(reply.json().get("errors").findValuesAsString("pointer"))
        .containsExactlyInAnyOrder("/foo", "/lines/0/bar");
    assertThat(reply.json().get("errors").findValuesAsString("message"))
        .allMatch(
            message -> message.matches("(foo|bar) is not a known field; the known ones are .*"));
  }

  /** A record's properties are buffered until its last one is read. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"foo":1,"text":"a"} | /foo
          {"foo":[1],"text":"a"} | /foo
          {"text":"a","foo":{"x":1}} | /foo
          {"lines":[],"foo":{"x":1},"bar":2,"text":"a"} | /foo,/bar
          {"text":"a","lines":[{"quantity":1},{"bar":[2],"quantity":2}],"number":1} | /lines/1/bar
          {"foo":{},"lines":[{"bar":{},"productId":null,"quantity":2,"far":[]}],"text":"a"} | /lines/0/bar,/lines/0/far,/foo
          {"foo":{},"text":"a","number":1,"price":null,"at":null,"lines":[],"bar":[1]} | /foo,/bar
          {"a/b~":[1],"text":"a"} | /a~1b~0
          """)
  void an_unknown_field_is_named_by_its_place_wherever_it_stands(String body, String pointers) {
    assertThat(echo(body).json().get("errors").findValuesAsString("pointer"))
        .containsExactlyInAnyOrder(pointers.split(","));
  }

  @Test
  void a_valid_body_passes_unchanged() {
    String body =
        "{\"text\":\"é\\n \\\"😀\\\" \\u00e9\",\"number\":7,"
            + "\"price\":{\"amount\":\"15.00\",\"currency\":\"BRL\"},"
            + "\"at\":\"2026-01-31T12:00:00Z\",\"lines\":[]}";

    Reply reply = echo(body);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().get("text").asString()).isEqualTo("é\n \"😀\" é");
    assertThat(reply.json().get("price").toString())
        .isEqualTo("{\"amount\":\"15.00\",\"currency\":\"BRL\"}");
    assertThat(reply.json().get("at").asString()).isEqualTo("2026-01-31T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"text\":\"\u00e9\"}", "{\"text\":\"a\"}\u0000", "{\"text\":\"\u0000\"}"})
  void a_body_that_is_not_utf_8_or_has_a_null_character_is_400(String body) throws IOException {
    String head =
        "POST /probe/echo HTTP/1.1|Host: x|Content-Type: application/json|Content-Length: "
            + body.length();

    String answer =
        raw((head.replace("|", "\r\n") + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));

    assertThat(answer).startsWith("HTTP/1.1 400").contains("/problems/invalid-request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json;charset=UTF-8",
        "application/merge-patch+json"
      })
  void a_body_is_checked_alike_for_every_json_media_type(String type) {
    assertThat(typed("{\"text\":\"a\",\"number\":7}", type).body())
        .isEqualTo(echo("{\"text\":\"a\",\"number\":7}").body());
    for (String wrong : new String[] {"{\"foo\":1}", "{\"number\":\"1\"}", "null", "", "{", "[]"}) {
      Reply reply = typed(wrong, type);
      isProblem(reply, 400, "invalid-request");
      assertThat(reply.json().get("errors")).isEqualTo(echo(wrong).json().get("errors"));
    }
  }

  private static Reply typed(String body, String type) {
    return reserva.call("POST", "/probe/echo", null, body, "Content-Type", type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*/*", "application/json", "application/*", "text/html, application/json;q=0.5"})
  void an_answer_is_the_same_for_every_accept_header_that_allows_json(String accepted) {
    Reply reply =
        reserva.call("POST", "/probe/echo", null, "{\"text\":\"\u00e9\"}", "Accept", accepted);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.header("Content-Length")).isNotEmpty();
    assertThat(reply.body()).isEqualTo(echo("{\"text\":\"\u00e9\"}").body());
  }

  @Test
  void a_body_may_have_one_mebibyte_and_no_byte_more() {
    String frame = "{\"text\":\"%s\"}";
    int room = 1024 * 1024 - frame.length() + 2;

    assertThat(echo(frame.formatted("x".repeat(room))).status()).isEqualTo(200);
    isProblem(echo(frame.formatted("x".repeat(room + 1))), 413, "body-too-large");
  }

  @Test
  void a_body_for_which_no_token_is_needed_may_have_16_kibibytes_and_others_64() {
    String credentials = "{\"username\":\"x\",\"password\":\"y\"}";
    String user = "{\"username\":\"\",\"password\":\"\",\"roles\":[]}";

    assertThat(sized("/api/auth/token", null, credentials, 16 * 1024).status()).isEqualTo(401);
    isProblem(sized("/api/auth/token", null, credentials, 16 * 1024 + 1), 413, "body-too-large");
    isProblem(sized("/api/customers", null, "{}", 16 * 1024 + 1), 413, "body-too-large");
    isProblem(sized("/api/users", reserva.admin(), user, 64 * 1024), 400, "invalid-request");
    isProblem(sized("/api/users", reserva.admin(), user, 64 * 1024 + 1), 413, "body-too-large");
  }

  private static Reply sized(String path, @Nullable String token, String body, int bytes) {
    return reserva.call("POST", path, token, body + " ".repeat(bytes - body.length()));
  }

  @Test
  void a_chunked_body_is_limited_too() throws IOException {
    String head =
        "POST /probe/echo HTTP/1.1|Host: x|Content-Type: application/json|Transfer-Encoding:"
            + " chunked||";
    StringBuilder request = new StringBuilder(head.replace("|", "\r\n"));
    String chunk = " ".repeat(65_536);
    for (int i = 0; i < 17; i++) {
      request.append("10000\r\n").append(chunk).append("\r\n");
    }
    request.append("0\r\n\r\n");

    assertThat(raw(request.toString())).startsWith("HTTP/1.1 413").contains("body-too-large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a b HTTP/1.1|Host: x||",
        "GET / HTTP/1.1||",
        "NONSENSE||",
        "GET /{x HTTP/1.1|Host: x||",
        "GET /api/%00 HTTP/1.1|Host: x||",
        "POST /probe/echo HTTP/1.1|Host: x|Content-Type: application/json|Content-Length: -5||",
        "POST /probe/echo HTTP/1.1|Host: x|Content-Type: application/json|Transfer-Encoding:"
            + " chunked||zz|",
        "POST /probe/counters/x HTTP/1.1|Host: x|Content-Type: application/json|Content-Length:"
            + " 2|Idempotency-Key: \u0085||{}",
      })
  void an_ill_formed_http_request_gets_a_problem_document_too(String request) throws IOException {
    String answer = raw(request.replace("|", "\r\n"));

    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", "X-Correlation-Id", "/problems/invalid-request")
        .contains(SECURITY_HEADERS)
        .doesNotContain("Tomcat", "Exception", "<html");
  }

  @ParameterizedTest
  @CsvSource({"17000,1", "10,200"})
  void headers_are_bounded_in_size_and_number(int length, int number) throws IOException {
    String header = "X-Long: " + "x".repeat(length) + "\r\n";

    String answer =
        raw("GET /probe/pages HTTP/1.1\r\nHost: x\r\n" + header.repeat(number) + "\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 4")
        .contains("application/problem+json")
        .contains(SECURITY_HEADERS);
  }

  @Test
  void an_answer_of_an_early_filter_has_the_security_headers_too() throws IOException {
    String answer =
        raw(
            """
            POST /probe/echo HTTP/1.1\r
            Host: x\r
            Content-Type: text/plain\r
            Content-Length: 2\r
            \r
            {}\
            """);

    assertThat(answer).startsWith("HTTP/1.1 415").contains(SECURITY_HEADERS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/openapi.json", "/docs", "/openapi.json/swagger-config", "/asyncapi.json", "/"})
  void the_host_that_a_client_names_is_in_no_answer(String path) throws IOException {
    String answer = raw("GET %s HTTP/1.1\r\nHost: evil.example\r\n\r\n".formatted(path));

    assertThat(answer).doesNotStartWith("HTTP/1.1 5").doesNotContain("evil.example");
  }

  private static String raw(String request) throws IOException {
    return raw(request.getBytes(StandardCharsets.UTF_8));
  }

  private static String raw(byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), reserva.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/probe/pages?limit=0,?limit",
    "/probe/pages?limit=201,?limit",
    "/probe/pages?limit=x,?limit",
    "/probe/pages?limit=99999999999,?limit",
    "/probe/pages?cursor=x,?cursor",
    "/probe/pages?cursor=%00,?",
    "/probe/things/1-1-1-1-1,{id}",
    "/probe/things/x,{id}",
    "/probe/times?number=1,?from",
    "/probe/times?from=x&number=1,?from",
    "/probe/times?from=2026-01-31T12:00:00Z&number=1.5,?number",
    "/probe/times?from=2026-01-31T12:00:00Z&number=1&exact=yes,?exact",
    "/probe/times?from=2026-01-31T12:00:00Z&number=1&exact=1,?exact",
  })
  void a_wrong_parameter_is_400_with_its_name(String path, String pointer) {
    Reply reply = reserva.call("GET", path, null, null);

    isProblem(reply, 400, "invalid-request");
    assertThat(reply.json().get("errors").get(0).get("pointer").asString()).isEqualTo(pointer);
  }

  @Test
  void pages_have_fifty_items_by_default() {
    Reply first = reserva.call("GET", "/probe/pages", null, null);
    String next = first.json().get("next").asString();

    assertThat(first.body()).contains("\"limit\":50", "\"after\":\"null\"");
    assertThat(reserva.call("GET", "/probe/pages?limit=200&cursor=" + next, null, null).body())
        .contains("\"limit\":200", new UUID(0, 7).toString());
  }

  @Test
  void a_cursor_continues_the_list_and_the_filter_that_it_came_from() {
    String all = next("/probe/pages");
    String red = next("/probe/pages?colour=red");

    assertThat(page("?colour=red&limit=7&cursor=" + red).status()).isEqualTo(200);
    assertThat(page("?cursor=" + red + "&colour=red").status()).isEqualTo(200);
    for (String wrong :
        new String[] {
          "?cursor=" + red,
          "?colour=blue&cursor=" + red,
          "?colour=red&cursor=" + all,
          "?cursor=" + new UUID(0, 7),
          "?cursor=" + all + "A",
          "?cursor=*"
        }) {
      Reply reply = page(wrong);
      isProblem(reply, 400, "invalid-request");
      assertThat(reply.json().get("errors").get(0).get("pointer").asString()).isEqualTo("?cursor");
    }
    isProblem(
        reserva.call("GET", "/api/customers?cursor=" + all, reserva.admin(), null),
        400,
        "invalid-request");
  }

  private static Reply page(String query) {
    return reserva.call("GET", "/probe/pages" + query, null, null);
  }

  private static String next(String path) {
    return reserva.call("GET", path, null, null).json().get("next").asString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /probe/pages?colour=red&color=red | ?color | color is not a parameter of this path; it has colour, cursor, limit
          /probe/pages?Limit=1              | ?Limit | Limit is not a parameter of this path; it has colour, cursor, limit
          /probe/pages?limit=1&limit=2      | ?limit | limit must be given once, was given 2 times
          /probe/operators?x=1              | ?x     | x is not a parameter of this path, which has none
          /api/customers?mail=a             | ?mail  | mail is not a parameter of this path; it has cursor, email, limit, name
          """)
  void unknown_and_repeated_parameters_are_named(String path, String pointer, String message) {
    Reply reply = reserva.call("GET", path, reserva.admin(), null);

    isProblem(reply, 400, "invalid-request");
    JsonNode error = reply.json().get("errors").get(0);
    assertThat(error.get("pointer").asString()).isEqualTo(pointer);
    assertThat(error.get("message").asString()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/*",
        "*/json",
        "text/plain",
        "application/xml",
        "application/jsonp",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "nonsense",
        "application/json; charset=nonsense",
        "application/json; charset=utf-16",
        "/",
        ";",
        "\"/a="
      })
  void a_body_of_anything_but_json_is_415_with_what_is_supported(String type) {
    Reply reply = typed("{}", type);

    isProblem(reply, 415, "unsupported-media-type");
    assertThat(reply.header("Accept")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "gzip, identity", "nonsense"})
  void a_coded_body_is_415_with_the_codings_that_are_supported(String coding) {
    Reply reply = reserva.call("POST", "/probe/echo", null, "{}", "Content-Encoding", coding);

    isProblem(reply, 415, "unsupported-media-type");
    assertThat(reply.header("Accept-Encoding")).isEqualTo("identity");
    assertThat(
            reserva
                .call("POST", "/probe/echo", null, "{}", "Content-Encoding", "Identity")
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/problem+json, application/json",
        "application/vnd.shop+json, */*;q=0.1",
        "application/*+json, application/json;q=0.5"
      })
  void the_type_of_an_answer_is_not_taken_from_what_is_accepted(String accepted) {
    for (Reply reply :
        new Reply[] {
          reserva.call("POST", "/probe/echo", null, "{}", "Accept", accepted),
          reserva.call("GET", "/probe/pages", null, null, "Accept", accepted),
          reserva.call("GET", "/api/customers", reserva.admin(), null, "Accept", accepted)
        }) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {",\"/a=", "nonsense", "application/json;q=x", "*/json"})
  void an_ill_formed_accept_header_is_406(String accepted) {
    isProblem(
        reserva.call("POST", "/probe/echo", null, "{", "Accept", accepted), 406, "not-acceptable");
    isProblem(
        reserva.call("GET", "/probe/operators", reserva.admin(), null, "Accept", accepted),
        406,
        "not-acceptable");
  }

  @Test
  void other_media_types_are_refused() {
    isProblem(
        reserva.call("POST", "/probe/echo", null, "{}", "Content-Type", "text/plain"),
        415,
        "unsupported-media-type");
    isProblem(
        reserva.call("POST", "/probe/echo", null, "{}", "Accept", "text/html"),
        406,
        "not-acceptable");
  }

  @Test
  void the_home_page_says_what_runs_here() {
    Reply reply = reserva.call("GET", "/", null, null, "Accept", "text/html,*/*;q=0.8");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).startsWith("text/html");
    assertThat(reply.body()).contains("<h1>Reserva</h1>", "href=\"/docs\"");
  }

  @Test
  void unknown_paths_and_methods_are_reported_only_to_authenticated_callers() {
    isProblem(reserva.call("GET", "/nope", null, null), 401, "unauthenticated");
    isProblem(
        reserva.call("GET", "/.well-known/oauth-protected-resource", null, null),
        401,
        "unauthenticated");
    isProblem(reserva.call("GET", "/nope", reserva.admin(), null), 404, "not-found");
    isProblem(reserva.call("GET", "/error", reserva.admin(), null), 404, "not-found");
    Reply reply = reserva.call("DELETE", "/probe/echo", reserva.admin(), null);
    isProblem(reply, 405, "method-not-allowed");
    assertThat(reply.header("Allow")).isEqualTo("POST");
  }

  @Test
  void a_bad_token_is_401() {
    Reply reply = reserva.call("GET", "/probe/operators", "x.y.z", null);

    isProblem(reply, 401, "unauthenticated");
    assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    assertThat(reserva.call("GET", "/probe/operators", null, null).header("WWW-Authenticate"))
        .isEqualTo("Bearer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "x.y.z",
        "....",
        "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0....",
        "eyJhbGciOiJub25lIn0.e30.",
        "eyJhbGciOiJIUzI1NiJ9.bnVsbA.x",
        "eyJhbGciOiJIUzI1NiJ9.W10.x"
      })
  void an_invalid_token_of_any_shape_is_401_and_is_ignored_on_an_open_route(String token) {
    isProblem(reserva.call("GET", "/probe/operators", token, null), 401, "unauthenticated");

    assertThat(reserva.call("POST", "/probe/echo", token, "{}").status()).isEqualTo(200);
    assertThat(reserva.call("GET", "/openapi.json", token, null).status()).isEqualTo(200);
    assertThat(
            reserva
                .call("POST", "/api/auth/token", token, "{\"username\":\"x\",\"password\":\"y\"}")
                .json()
                .get("type")
                .asString())
        .isNotEqualTo("/problems/unauthenticated");
  }

  @ParameterizedTest
  @CsvSource({
    "overloaded,503,overloaded,2",
    "down,503,unavailable,1",
    "sql,503,unavailable,1",
    "otherwise,500,internal-error,''",
  })
  void a_failure_reveals_no_internals(String how, int status, String type, String retryAfter) {
    Reply reply = reserva.call("GET", "/probe/fails/" + how, null, null);

    isProblem(reply, status, type);
    assertThat(reply.header("Retry-After")).isEqualTo(retryAfter);
  }

  @Test
  void a_correlation_id_is_kept_and_an_ill_formed_one_replaced() {
    assertThat(correlated("order-42 of Ana").header("X-Correlation-Id"))
        .isEqualTo("order-42 of Ana");
    assertThat(correlated("x".repeat(128)).header("X-Correlation-Id")).hasSize(128);
    assertThat(UUID.fromString(correlated("x".repeat(129)).header("X-Correlation-Id")).version())
        .isEqualTo(7);
  }

  private static Reply correlated(String id) {
    return reserva.call("GET", "/probe/pages", null, null, "X-Correlation-Id", id);
  }

  @Test
  void a_problem_names_the_trace_that_it_belongs_to() {
    Reply reply =
        reserva.call(
            "GET",
            "/probe/fails/x",
            null,
            null,
            "traceparent",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    assertThat(reply.json().get("traceId").asString())
        .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
  }

  @Test
  void a_trace_whose_random_digits_could_be_a_card_number_is_kept() {
    Reply reply =
        reserva.call(
            "GET",
            "/probe/fails/x",
            null,
            null,
            "traceparent",
            "00-4111111111111111a3ce929d0e0e4736-00f067aa0ba902b7-01");

    assertThat(reply.json().get("traceId").asString())
        .isEqualTo("4111111111111111a3ce929d0e0e4736");
  }

  @Test
  void answers_carry_security_headers_and_no_foreign_origin_is_let_in() {
    Reply reply = reserva.call("GET", "/probe/pages", null, null, "Origin", "https://evil.example");

    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(reply.header("Content-Security-Policy"))
        .isEqualTo("default-src 'none'; frame-ancestors 'none'");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(reply.header("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/swagger-ui/index.html"})
  void a_page_may_load_scripts_of_this_server_only(String path) {
    assertThat(reserva.call("GET", path, null, null).header("Content-Security-Policy"))
        .startsWith("default-src 'self'; ")
        .contains("frame-ancestors 'none'")
        .doesNotContain("script-src", "unsafe-eval");
  }

  @Test
  void the_documentation_is_open_and_describes_problems_once() {
    Reply reply = reserva.call("GET", "/openapi.json", null, null);

    assertThat(reply.status()).isEqualTo(200);
    JsonNode api = reply.json();
    assertThat(api.at("/components/securitySchemes/bearer/scheme").asString()).isEqualTo("bearer");
    assertThat(api.at("/components/schemas/Problem/type").asString()).isEqualTo("object");
    assertThat(api.at("/paths/~1api~1customers/get/responses/400/$ref").asString())
        .isEqualTo("#/components/responses/InvalidRequest");
    assertThat(api.at("/components/responses/InvalidRequest/content").toString())
        .contains("application/problem+json", "#/components/schemas/InvalidRequestProblem");
    assertThat(api.at("/paths/~1api~1customers/get/parameters").toString())
        .contains("limit", "cursor")
        .doesNotContain("caller");
    assertThat(reserva.call("GET", "/docs", null, null).status()).isEqualTo(302);
    assertThat(reserva.call("GET", "/swagger-ui/index.html", null, null).status()).isEqualTo(200);
  }

  @Test
  void health_is_open_metrics_are_not_and_nothing_else_is_exposed() {
    assertThat(reserva.call("GET", "/actuator/health/liveness", null, null).status())
        .isEqualTo(200);
    assertThat(reserva.call("GET", "/actuator/health/readiness", null, null).status())
        .isEqualTo(200);
    assertThat(reserva.call("GET", "/actuator/prometheus", null, null).status()).isEqualTo(401);
    assertThat(reserva.call("GET", "/actuator/prometheus", reserva.admin(), null).body())
        .contains("jvm_memory_used_bytes");
    assertThat(reserva.call("GET", "/actuator/env", reserva.admin(), null).status()).isEqualTo(404);
  }
}
