package dev.reserva.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import dev.reserva.gateway.FakeInstance.Exchange;
import dev.reserva.gateway.FakeInstance.Seen;
import dev.reserva.gateway.TestGateway.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes the gateway, to instances that the test plays. */
class GatewayIT {

  private static FakeInstance sales;
  private static FakeInstance first;
  private static FakeInstance second;
  private static FakeInstance financial;
  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    sales = new FakeInstance();
    first = new FakeInstance();
    second = new FakeInstance();
    financial = new FakeInstance();
    gateway =
        TestGateway.start(
            "reserva.gateway.routes.sales=" + sales.url(),
            "reserva.gateway.routes.inventory=" + first.url() + "," + second.url(),
            "reserva.gateway.routes.financial=" + financial.url(),
            "reserva.gateway.routes.logistics=" + financial.url(),
            "reserva.gateway.routes.notifications=" + financial.url(),
            "reserva.gateway.routes.webhooks=" + financial.url(),
            "reserva.http.trusted-proxies=127.0.0.9");
  }

  @AfterAll
  static void stop() {
    gateway.close();
    List.of(sales, first, second, financial).forEach(FakeInstance::close);
  }

  @BeforeEach
  void wellBehaved() {
    List.of(sales, first, second, financial).forEach(FakeInstance::behaveWell);
    gateway.closeBreakers();
  }

  private static Seen only(FakeInstance instance) {
    assertThat(instance.requests()).hasSize(1);
    return instance.requests().getFirst();
  }

  private static void is(Reply reply, int status, String type) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.json().get("type").asString()).isEqualTo("/problems/" + type);
  }

  @Test
  @EffectOf({
    "reserva.gateway.routes.sales",
    "reserva.gateway.routes.inventory",
    "reserva.gateway.routes.financial",
    "reserva.gateway.routes.logistics",
    "reserva.gateway.routes.notifications",
    "reserva.gateway.routes.webhooks"
  })
  void a_request_goes_to_its_service_as_it_came() throws IOException {
    List<String> bodies = new ArrayList<>();
    sales.behave(exchange -> {
      bodies.add(new String(exchange.body(), StandardCharsets.UTF_8));
      exchange.answer("{}");
    });
    Reply reply =
        gateway.call(
            "POST",
            "/api/orders/a%20b?x=1&y=%2F",
            "{\"ü\":1}",
            "Content-Type",
            "application/json",
            "Authorization",
            "Bearer t",
            "TE",
            "trailers",
            "X-Forwarded-For",
            "6.6.6.6",
            "Forwarded",
            "for=6.6.6.6",
            "X-Correlation-Id",
            "mine",
            "Via",
            "1.0 other");

    assertThat(reply.status()).isEqualTo(200);
    Seen seen = only(sales);
    assertThat(seen.line()).isEqualTo("POST /api/orders/a%20b?x=1&y=%2F HTTP/1.1");
    assertThat(seen.header("Authorization")).isEqualTo("Bearer t");
    assertThat(seen.header("Content-Type")).isEqualTo("application/json");
    assertThat(seen.header("Host")).isEqualTo("127.0.0.1:" + gateway.port());
    assertThat(seen.all("X-Forwarded-For")).containsExactly("127.0.0.1");
    assertThat(seen.header("X-Forwarded-Proto")).isEqualTo("http");
    assertThat(seen.header("Forwarded")).isEmpty();
    assertThat(seen.header("TE")).isEmpty();
    assertThat(seen.all("X-Correlation-Id")).containsExactly("mine");
    assertThat(seen.header("Via")).isEqualTo("1.0 other, 1.1 reserva-gateway");
    assertThat(bodies).containsExactly("{\"ü\":1}");

    gateway.get("/api/payments");
    assertThat(only(financial).line()).startsWith("GET /api/payments ");
    gateway.get("/api/webhooks/deliveries/x/redeliver");
    assertThat(financial.requests().getLast().line())
        .startsWith("GET /api/webhooks/deliveries/x/redeliver ");
    gateway.get("/api/inventory/stats");
    assertThat(first.requests().size() + second.requests().size()).isEqualTo(1);
  }

  @Test
  void headers_that_connection_names_end_at_the_gateway() throws IOException {
    sales.behave(exchange ->
        exchange.write(
            """
            HTTP/1.1 201 Created
            Connection: X-Inner, keep-alive
            X-Inner: 1
            Keep-Alive: timeout=5
            Cache-Control: public
            Set-Cookie: a=1
            Set-Cookie: b=2
            X-Correlation-Id: of-the-service
            Content-Length: 2

            {}\
            """));
    String said =
        gateway.exchange(
            """
            GET /api/orders HTTP/1.1
            Host: shop.example.org
            Connection: close, X-Hop
            X-Hop: 1
            X-Kept: 2

            """);

    assertThat(only(sales).header("X-Hop")).isEmpty();
    assertThat(only(sales).header("X-Kept")).isEqualTo("2");
    assertThat(only(sales).header("Host")).isEqualTo("shop.example.org");
    assertThat(said)
        .startsWith("HTTP/1.1 201")
        .contains("Set-Cookie: a=1", "Set-Cookie: b=2", "Cache-Control: public")
        .contains("X-Correlation-Id: of-the-service", "Via: 1.1 reserva-gateway")
        .doesNotContain("X-Inner", "Keep-Alive", "no-store");
  }

  @Test
  void the_address_that_a_trusted_proxy_names_is_passed_on() throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new java.net.InetSocketAddress("127.0.0.9", 0));
      socket.connect(
          new java.net.InetSocketAddress(
              java.net.InetAddress.getLoopbackAddress(), gateway.port()));
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              "GET /api/orders HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 6.6.6.6, 203.0.113.7\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.ISO_8859_1));
      socket.getInputStream().readAllBytes();
    }
    assertThat(only(sales).all("X-Forwarded-For")).containsExactly("203.0.113.7");
  }

  @Test
  void instances_are_asked_in_turn() throws IOException {
    for (int i = 0; i < 10; i++) {
      assertThat(gateway.get("/api/inventory/stats").status()).isEqualTo(200);
    }
    assertThat(first.requests()).hasSize(5);
    assertThat(second.requests()).hasSize(5);
  }

  @Test
  void an_unknown_path_and_a_service_without_instances_are_told_apart() throws IOException {
    is(gateway.get("/api/nothing"), 404, "not-found");
    Reply unrouted = gateway.get("/api/audit");
    is(unrouted, 503, "service-unavailable");
    assertThat(unrouted.header("Retry-After")).isEqualTo("1");
    assertThat(unrouted.json().get("service").asString()).isEqualTo("operations");
    assertThat(unrouted.json().get("detail").asString()).contains("operations");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/internal/security/revocations",
        "/%69nternal/security/revocations",
        "/actuator/env",
        "/actuator/../internal/security/revocations",
        "/api/orders/../../internal/security/revocations",
        "/api/orders/%2e%2e/%2e%2e/internal/security/revocations",
        "/api/orders/..%2f..%2finternal/security/revocations",
        "/api/orders/..;/..;/internal/security/revocations",
        "//internal/security/revocations",
        "/swagger-ui/../internal/security/revocations",
        "/api/customers/../export",
        "/api/customers/%2e%2e/export",
        "http://127.0.0.1/internal/security/revocations"
      })
  void what_is_between_processes_is_not_reachable(String target) throws IOException {
    String said =
        gateway.exchange(
            "GET %s HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n\n".formatted(target));
    assertThat(said).matches("(?s)HTTP/1.1 (404|400) .*");
    for (FakeInstance instance : List.of(sales, first, second, financial)) {
      assertThat(instance.requests()).isEmpty();
    }
  }

  /** A second request hides where two servers could see the end of the first differently. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 6\nTransfer-Encoding: chunked\n\n0\n\nGET /api/orders/smuggled HTTP/1.1\nHost: h\n\n",
        "Transfer-Encoding: chunked\nContent-Length: 200\n\n0\n\nGET /api/orders/smuggled HTTP/1.1\nHost: h\n\n",
        "Content-Length: 0\nContent-Length: 50\n\nGET /api/orders/smuggled HTTP/1.1\nHost: h\n\n",
        "Content-Length: 0, 50\n\nGET /api/orders/smuggled HTTP/1.1\nHost: h\n\n",
        "Content-Length: +2\n\n{}GET /api/orders/smuggled HTTP/1.1\nHost: h\n\n",
        "Transfer-Encoding: xchunked\n\n0\n\nGET /api/orders/smuggled HTTP/1.1\nHost: h\n\n",
        "Transfer-Encoding: chunked, identity\n\n0\n\nGET /api/orders/smuggled HTTP/1.1\nHost: h\n\n",
        "Transfer-Encoding : chunked\n\n0\n\nGET /api/orders/smuggled HTTP/1.1\nHost: h\n\n",
        "Transfer-Encoding: chunked\n\n2;x\n{}\n0x0\n\nGET /api/orders/smuggled HTTP/1.1\nHost: h\n\n"
      })
  void ambiguous_framing_smuggles_no_request(String rest) throws IOException {
    String said = gateway.exchange("POST /api/orders HTTP/1.1\nHost: h\n" + rest);
    assertThat(sales.requests()).noneMatch(seen -> seen.line().contains("smuggled"));
    assertThat(sales.requests().size()).isLessThanOrEqualTo(1);
    assertThat(said.split("HTTP/1\\.1 ", -1)).as(said).hasSize(2);
  }

  @Test
  void a_header_too_large_is_refused_here() throws IOException {
    is(gateway.get("/api/orders", "X-Large", "x".repeat(17_000)), 400, "invalid-request");
    assertThat(sales.requests()).isEmpty();
  }

  @Test
  void an_answer_with_a_header_too_large_is_none() throws IOException {
    sales.behave(exchange -> {
      exchange.write("HTTP/1.1 200 OK\nX-Large: " + "x".repeat(40_000) + "\n\n");
      exchange.cut();
    });
    is(gateway.get("/api/orders"), 503, "service-unavailable");
    assertThat(sales.requests()).isNotEmpty();
  }

  @Test
  void a_body_is_passed_on_before_its_end_is_there() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    int length = RequestBody.MOST_KEPT + 100_000;
    List<Integer> received = new ArrayList<>();
    sales.behave(exchange -> {
      int read = exchange.in().readNBytes(50_000).length;
      begun.countDown();
      received.add(read + exchange.in().readNBytes(length - read).length);
      exchange.answer("{}");
    });
    try (Socket socket = gateway.connect()) {
      socket
          .getOutputStream()
          .write(
              "POST /api/orders HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                  .formatted(length)
                  .getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(new byte[120_000]);
      socket.getOutputStream().flush();
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      socket.getOutputStream().write(new byte[length - 120_000]);
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .startsWith("HTTP/1.1 200");
    }
    assertThat(received).containsExactly(length);
  }

  @Test
  void an_answer_is_passed_on_before_its_end_is_there() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    sales.behave(exchange -> {
      exchange.write("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\none\n");
      read.await(20, TimeUnit.SECONDS);
      exchange.write("3\ntwo\n0\n\n");
    });
    try (Socket socket = gateway.connect()) {
      socket
          .getOutputStream()
          .write(
              "GET /api/orders HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      StringBuilder said = new StringBuilder();
      while (said.indexOf("one") < 0) {
        int next = in.read();
        assertThat(next).as(said.toString()).isNotNegative();
        said.append((char) next);
      }
      read.countDown();
      assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)).contains("two");
    }
  }

  @Test
  void an_early_refusal_of_a_large_body_arrives() throws IOException {
    sales.behave(exchange -> {
      exchange.write("HTTP/1.1 413 Too Large\nContent-Length: 2\nConnection: close\n\n{}");
      exchange.in().readNBytes(2_000_000);
      exchange.cut();
    });
    assertThat(gateway.call("POST", "/api/orders", "x".repeat(2_000_000)).status()).isEqualTo(413);
  }

  @Test
  void a_service_says_itself_when_to_come_again() throws IOException {
    sales.behave(
        exchange -> exchange.write("HTTP/1.1 503 Busy\nRetry-After: 7\nContent-Length: 2\n\n{}"));
    Reply reply = gateway.get("/api/orders");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).isEqualTo("7");
    assertThat(sales.requests()).hasSize(1);
  }

  @Test
  void head_has_the_length_and_no_body() throws IOException {
    sales.behave(exchange -> exchange.write("HTTP/1.1 200 OK\nContent-Length: 12345\n\n"));
    Reply reply = gateway.call("HEAD", "/api/orders", null);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Length")).isEqualTo("12345");
  }

  @Test
  void what_broke_is_sent_again_only_if_it_may_be() throws IOException {
    financial.behave(exchange -> {
      exchange.body();
      exchange.cut();
    });
    is(gateway.call("POST", "/api/payments/process", "{}"), 504, "outcome-unknown");
    assertThat(financial.requests()).hasSize(1);

    financial.behave(failingOnce(Objects.requireNonNull(financial)));
    assertThat(gateway.call("POST", "/api/payments/process", "{}", "Idempotency-Key", "k").status())
        .isEqualTo(200);
    assertThat(financial.requests()).hasSize(2);
  }

  private static FakeInstance.Behaviour failingOnce(FakeInstance instance) {
    return (Exchange exchange) -> {
      exchange.body();
      if (instance.requests().size() == 1) {
        exchange.cut();
      } else {
        exchange.answer("{}");
      }
    };
  }

  @Test
  void a_service_that_never_answers_is_asked_three_times_for_a_get() throws IOException {
    financial.behave(Exchange::cut);
    is(gateway.get("/api/payments"), 503, "service-unavailable");
    assertThat(financial.requests()).hasSize(1 + RetryRules.MOST_RETRIES);
  }

  @Test
  void an_answer_that_breaks_off_breaks_off_at_the_client() throws IOException {
    sales.behave(exchange -> {
      exchange.write("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\none\n");
      exchange.cut();
    });
    String said = gateway.exchange("GET /api/orders HTTP/1.1\nHost: h\nConnection: close\n\n");
    assertThat(said).startsWith("HTTP/1.1 200").contains("one").doesNotContain("\r\n0\r\n");
    assertThat(said.split("HTTP/1\\.1 ", -1)).hasSize(2);

    sales.behave(exchange -> {
      exchange.write("HTTP/1.1 200 OK\nContent-Length: 100\n\none");
      exchange.cut();
    });
    said = gateway.exchange("GET /api/orders HTTP/1.1\nHost: h\nConnection: close\n\n");
    assertThat(said.split("HTTP/1\\.1 ", -1)).hasSize(2);
  }

  @Test
  void a_client_that_does_not_send_its_body_is_told_so() throws IOException {
    String said =
        gateway.exchange("POST /api/orders HTTP/1.1\nHost: h\nContent-Length: 100\n\nshort");
    assertThat(said).matches("(?s)(HTTP/1.1 400 .*)?");
    assertThat(sales.requests()).isEmpty();
  }

  @Test
  void probes_are_the_gateways_own_and_metrics_need_a_token() throws IOException {
    assertThat(gateway.get("/actuator/health/liveness").body()).contains("UP");
    assertThat(gateway.get("/actuator/health/readiness").body()).contains("UP");
    is(gateway.get("/actuator/prometheus"), 401, "unauthenticated");
    gateway.get("/api/orders");
    sales.behave(exchange ->
        exchange.write(
            exchange.seen().header("Authorization").equals("Bearer good")
                ? "HTTP/1.1 200 OK\nContent-Length: 9\n\n"
                : "HTTP/1.1 403 No\nContent-Length: 9\n\n"));
    is(gateway.get("/actuator/prometheus", "Authorization", "Bearer bad"), 403, "forbidden");
    assertThat(only(sales).line()).startsWith("HEAD /actuator/prometheus");
    Reply metrics = gateway.get("/actuator/prometheus", "Authorization", "Bearer good");
    assertThat(metrics.body())
        .contains("reserva_gateway_requests_seconds_count{instance=\"127.0.0.1:")
        .contains("reserva_gateway_breaker_open{instance=\"127.0.0.1:");
  }

  @Test
  void health_is_the_gateways_while_operations_is_not_there() throws IOException {
    sales.behave(exchange -> exchange.write("HTTP/1.1 503 Not ready\nContent-Length: 0\n\n"));
    Reply reply = gateway.get("/api/health");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.json().get("status").asString()).isEqualTo("unhealthy");
    assertThat(reply.json().at("/services/sales").asBoolean()).isFalse();
    assertThat(reply.json().at("/services/inventory").asBoolean()).isTrue();
    assertThat(reply.json().at("/modules/sales/status").asString()).isEqualTo("unhealthy");
    assertThat(reply.json().get("warnings").isArray()).isTrue();
  }
}
