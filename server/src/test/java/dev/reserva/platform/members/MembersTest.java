package dev.reserva.platform.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.reserva.messaging.OutcomeUnknown;
import dev.reserva.platform.security.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.JsonNode;

class MembersTest {

  /** Of questions that nobody answers. */
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private static final String PATH = "/internal/answer";
  private static final UUID OWN = new UUID(0, 1);

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  record Answer(String text) {}

  private URI process(HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", handler);
    server.start();
    open.add(() -> server.stop(0));
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private URI answering(int status, String body) throws IOException {
    return process(exchange -> answer(exchange, status, body));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private URI refusing() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + taken.getLocalPort());
    }
  }

  /** Accepts connections and never answers. */
  private URI silent() throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    open.add(socket);
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  private Members members(Map<String, List<URI>> processes) {
    Members members =
        new Members(
            processes.entrySet().stream()
                .map(entry -> new Member(entry.getKey(), entry.getValue()))
                .toList(),
            () -> OWN,
            TestTokens.ofProcesses());
    open.add(members);
    return members;
  }

  @Test
  void the_first_process_that_answers_is_believed() throws IOException {
    Members members =
        members(
            Map.of(
                "sales",
                List.of(
                    refusing(),
                    process(HttpExchange::close),
                    answering(503, "{}"),
                    answering(200, "no JSON"),
                    answering(200, "{\"text\":\"here\",\"of a newer version\":1}"))));

    assertThat(members.ask("sales", PATH, Members.SOON, Answer.class))
        .isEqualTo(new Answer("here"));
    assertThat(members.ask("sales", PATH, Map.of("ids", List.of()), Members.SOON, Answer.class))
        .isEqualTo(new Answer("here"));
  }

  @Test
  void a_question_that_nobody_answers_fails() throws IOException {
    Members members = members(Map.of("sales", List.of(refusing(), silent())));

    assertThatThrownBy(() -> members.ask("sales", PATH, PATIENCE, Answer.class))
        .isInstanceOf(MemberUnavailable.class)
        .hasMessageContaining("does not answer");
    assertThatThrownBy(() -> members.each(name -> members.ask(name, PATH, PATIENCE, Answer.class)))
        .isInstanceOf(MemberUnavailable.class);
    assertThat(members.askProcesses(PATH, PATIENCE, Answer.class))
        .isEqualTo(Map.of("sales", List.of(Optional.empty(), Optional.empty())));
  }

  @Test
  void what_a_database_does_not_have_is_not_found() throws IOException {
    Members members =
        members(
            Map.of(
                "sales", List.of(answering(404, "{}")),
                "stock", List.of(answering(200, "{\"text\":\"it\"}"))));

    assertThat(members.<Optional<Answer>>each(name -> members.find(name, PATH, Answer.class)))
        .isEqualTo(Map.of("sales", Optional.empty(), "stock", Optional.of(new Answer("it"))));
  }

  @Test
  void services_that_share_a_process_are_one_member() throws IOException {
    URI first = refusing();
    URI second = refusing();
    URI third = refusing();
    Members members =
        new Members(
            List.of(
                new Member("customers", List.of(first)),
                new Member("sales", List.of(second)),
                new Member("inventory", List.of(third, first)),
                new Member("financial", List.of(third))),
            () -> OWN,
            TestTokens.ofProcesses());
    open.add(members);

    assertThat(members.names()).containsExactlyInAnyOrder("customers", "sales");
    assertThat(members.member("customers").processes()).containsExactly(first, third);
  }

  private URI onDatabase(UUID id) throws IOException {
    return answering(200, "{\"id\":\"%s\"}".formatted(id));
  }

  @Test
  void of_processes_on_one_database_one_is_asked_for_what_it_has() throws IOException {
    UUID other = new UUID(0, 2);
    Members members =
        members(
            Map.of(
                "customers", List.of(onDatabase(OWN)),
                "financial", List.of(onDatabase(other)),
                "inventory", List.of(onDatabase(other)),
                "sales", List.of(onDatabase(new UUID(0, 3)))));

    assertThat(members.names()).hasSize(4);
    assertThat(members.onOtherDatabases()).hasSize(2).contains("sales").doesNotContain("customers");
    assertThat(members.eachOtherDatabase(name -> 1).values()).containsExactly(1, 1);
    assertThat(members(Map.of()).onOtherDatabases()).isEmpty();
  }

  @Test
  void every_process_is_asked_with_a_token_of_this_system() throws IOException {
    AtomicReference<String> token = new AtomicReference<>("");
    URI process =
        process(exchange -> {
          token.set(exchange.getRequestHeaders().getFirst("Authorization"));
          answer(exchange, 200, "{\"text\":\"yes\"}");
        });
    Members members = members(Map.of("sales", List.of(process)));

    assertThat(members.askProcesses(PATH, Members.SOON, Answer.class))
        .isEqualTo(Map.of("sales", List.of(Optional.of(new Answer("yes")))));
    assertThat(token.get()).startsWith("Bearer ey");
  }

  private static MockHttpServletRequest request() {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/dlq/1/retry");
    request.setRemoteAddr("192.0.2.7");
    request.addHeader("Authorization", "Bearer of the caller");
    request.addHeader("Idempotency-Key", "k-1");
    request.addHeader("Cookie", "none of the member's business");
    return request;
  }

  @Test
  void a_command_is_passed_on_as_the_caller_sent_it_and_answered_as_the_member_does()
      throws IOException {
    List<String> seen = new ArrayList<>();
    URI process =
        process(exchange -> {
          seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          for (String header :
              List.of("Authorization", "Idempotency-Key", "X-Forwarded-For", "Cookie")) {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst(header)));
          }
          seen.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.getResponseHeaders().add("Retry-After", "3");
          answer(exchange, 503, "{\"type\":\"/problems/overloaded\"}");
        });
    PassedCommands commands =
        new PassedCommands(members(Map.of("sales", List.of(refusing(), process))));

    ResponseEntity<JsonNode> answer =
        commands.pass("sales", HttpMethod.POST, "/api/dlq/1/retry", Map.of("data", 1), request());

    assertThat(seen)
        .containsExactly(
            "POST /api/dlq/1/retry",
            "Bearer of the caller",
            "k-1",
            "192.0.2.7",
            "null",
            "{\"data\":1}");
    assertThat(answer.getStatusCode().value()).isEqualTo(503);
    assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("3");
    assertThat(answer.getBody()).hasToString("{\"type\":\"/problems/overloaded\"}");
  }

  @Test
  void a_command_that_may_have_been_executed_is_not_sent_to_another_process() throws IOException {
    AtomicInteger second = new AtomicInteger();
    URI breaking = process(HttpExchange::close);
    URI other =
        process(exchange -> {
          second.incrementAndGet();
          answer(exchange, 202, "{}");
        });
    PassedCommands commands =
        new PassedCommands(members(Map.of("sales", List.of(breaking, other))));

    assertThatThrownBy(
            () -> commands.pass("sales", HttpMethod.DELETE, "/api/dlq/1", null, request()))
        .isInstanceOf(OutcomeUnknown.class);
    assertThat(second).hasValue(0);
  }

  @Test
  void a_command_that_could_not_be_sent_is_unavailable() throws IOException {
    PassedCommands commands = new PassedCommands(members(Map.of("sales", List.of(refusing()))));

    assertThatThrownBy(
            () -> commands.pass("sales", HttpMethod.DELETE, "/api/dlq/1", null, request()))
        .isInstanceOf(MemberUnavailable.class)
        .isNotInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void members_that_cannot_be_are_refused() {
    for (String url : List.of("sales:8080", "ftp://sales", "http:/sales", "http://a/?b")) {
      assertThatThrownBy(() -> new Member("sales", List.of(URI.create(url))))
          .as(url)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("reserva.operations.members.sales");
    }
    assertThatThrownBy(() -> new Member("sales", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
