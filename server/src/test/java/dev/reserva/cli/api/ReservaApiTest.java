package dev.reserva.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReservaApiTest {
  private static final UUID ID = UUID.fromString("01a203c2-c9e1-737f-a4bb-d46914a4d737");
  private static final String PRODUCT =
      """
      {"id":"%s","sku":"CUP","name":"Cup","price":{"amount":"1.50","currency":"BRL"},
       "stock":10,"reserved":3,"available":7,"somethingNew":true}
      """
          .formatted(ID);

  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private final List<String> credentials = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server = newServer();
  private ReservaApi api = newApi();

  private record Answer(int status, Map<String, String> headers, String body) {}

  private static HttpServer newServer() {
    try {
      return HttpServer.create(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), /* backlog= */ 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private ReservaApi newApi() {
    return new ReservaApi(
        URI.create("http://localhost:" + server.getAddress().getPort()), "admin", "secret");
  }

  @BeforeEach
  void startServer() {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stopServer() {
    api.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    credentials.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
    requests.add(exchange.getRequestMethod() + " " + path);
    Answer answer =
        path.equals("/api/auth/token")
            ? new Answer(200, Map.of(), "{\"accessToken\":\"t\",\"expiresIn\":3600}")
            : answers.remove();
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    answer.headers().forEach(exchange.getResponseHeaders()::add);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void willAnswer(int status, String body) {
    answers.add(new Answer(status, Map.of(), body));
  }

  private void willRefuse(int status, String slug) {
    answers.add(
        new Answer(
            status,
            Map.of("Content-Type", "application/problem+json"),
            "{\"type\":\"/problems/%s\",\"detail\":\"why\"}".formatted(slug)));
  }

  @Test
  void it_logs_in_once_and_reads_what_it_knows() {
    willAnswer(200, PRODUCT);
    willAnswer(200, PRODUCT);
    assertThat(api.product(ID))
        .isEqualTo(new Product(ID, "CUP", "Cup", Amount.of("1.50", "BRL"), 10, 3, 7));
    api.product(ID);
    String get = "GET /api/inventory/products/" + ID;
    assertThat(requests).containsExactly("POST /api/auth/token", get, get);
  }

  @Test
  void a_token_that_the_server_does_not_accept_any_more_is_renewed_once() {
    willRefuse(401, "unauthorized");
    willAnswer(200, PRODUCT);
    assertThat(api.product(ID).sku()).isEqualTo("CUP");
    assertThat(requests).filteredOn("POST /api/auth/token"::equals).hasSize(2);
  }

  @Test
  void an_api_key_needs_no_log_in_and_is_not_renewed() {
    willAnswer(200, PRODUCT);
    willRefuse(401, "unauthenticated");
    try (ReservaApi program = ReservaApi.withKey(api.server(), "rsv_a_b").once()) {
      assertThat(program.product(ID).sku()).isEqualTo("CUP");
      assertThatThrownBy(() -> program.product(ID)).isInstanceOf(UnexpectedReply.class);
    }
    String get = "GET /api/inventory/products/" + ID;
    assertThat(requests).containsExactly(get, get);
    assertThat(credentials).containsExactly("Bearer rsv_a_b", "Bearer rsv_a_b");
  }

  @Test
  void money_goes_out_as_a_decimal_string_and_what_is_absent_is_left_out() {
    willAnswer(201, PRODUCT);
    api.createProduct(new Product.New("CUP", "Cup", Amount.of("1.50", "BRL"), 10, null), "key");
    assertThat(bodies.getLast()).contains("\"price\":{\"amount\":\"1.50\",\"currency\":\"BRL\"}");

    willAnswer(201, "{\"id\":\"%s\",\"name\":\"Ana\",\"email\":\"a@example.com\"}".formatted(ID));
    api.createCustomer(new Customer.New("Ana", "a@example.com", null), "key");
    assertThat(bodies.getLast()).doesNotContain("password");
  }

  @Test
  void a_refusal_keeps_its_problem() {
    willRefuse(409, "insufficient-stock");
    assertThat(api.reserve(ID, List.of(new Order.Wanted(ID, 1)), 2, "key"))
        .isEqualTo(new Reply.Refused<Reservation>(409, "insufficient-stock", "why"));
  }

  @Test
  void an_overloaded_server_is_asked_again() {
    answers.add(new Answer(503, Map.of("Retry-After", "0"), ""));
    answers.add(new Answer(429, Map.of("Retry-After", "0"), ""));
    willAnswer(200, PRODUCT);
    assertThat(api.product(ID).sku()).isEqualTo("CUP");
  }

  @Test
  void a_command_without_an_answer_is_sent_again_with_its_key() {
    willRefuse(504, "outcome-unknown");
    willAnswer(201, PRODUCT);

    assertThat(
            api.createProduct(
                new Product.New("CUP", "Cup", Amount.of("1.50", "BRL"), 10, null), "key"))
        .isInstanceOf(Reply.Done.class);
    assertThat(requests).hasSize(3).endsWith("POST /api/inventory/products");
  }

  @Test
  void a_replayed_answer_is_distinguished_from_a_first_one() {
    String order =
        """
        {"id":"%s","customerId":"%s","status":"CONFIRMED","items":[],
         "total":{"amount":"1.50","currency":"BRL"}}
        """
            .formatted(ID, ID);
    Order.New request = new Order.New(ID, List.of(new Order.Wanted(ID, 1)), null);
    willAnswer(201, order);
    answers.add(new Answer(201, Map.of("Idempotency-Replayed", "true"), order));
    assertThat(replayed(api.placeOrder(request, "key", Duration.ofSeconds(5)))).isFalse();
    assertThat(replayed(api.placeOrder(request, "key", Duration.ofSeconds(5)))).isTrue();
  }

  private static boolean replayed(Reply<Order> reply) {
    return reply instanceof Reply.Done<Order> done && done.replayed();
  }

  @Test
  void an_answer_that_breaks_the_contract_is_reported() {
    willAnswer(200, "<html>");
    assertThatThrownBy(() -> api.product(ID))
        .isInstanceOf(UnexpectedReply.class)
        .hasMessageContaining("is not the JSON of its contract");
  }

  @Test
  void an_unreachable_server_is_reported_at_once_without_a_wait() {
    server.stop(0);
    try (ReservaApi impatient = api.once()) {
      assertThatThrownBy(impatient::integrity)
          .isInstanceOf(UnexpectedReply.class)
          .hasMessageContaining("cannot be reached");
    }
  }
}
