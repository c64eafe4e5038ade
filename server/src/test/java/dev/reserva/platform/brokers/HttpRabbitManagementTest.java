package dev.reserva.platform.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.reserva.harness.Ports;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.rabbitmq.RabbitManagement.Binding;
import dev.reserva.messaging.transport.rabbitmq.RabbitManagement.Queue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made of the management API's answers. */
class HttpRabbitManagementTest {

  private HttpServer server;
  private HttpRabbitManagement management;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    management = management(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static HttpRabbitManagement management(int port) {
    return new HttpRabbitManagement(
        URI.create("http://127.0.0.1:%d/mq/".formatted(port)), "/", "shop", "hush");
  }

  private void answer(String what, int status, String body) {
    server.createContext(
        "/mq/api/" + what,
        exchange -> {
          try (exchange) {
            String login =
                Base64.getEncoder().encodeToString("shop:hush".getBytes(StandardCharsets.UTF_8));
            boolean asked =
                exchange.getRequestURI().getRawPath().equals("/mq/api/" + what + "/%2F")
                    && ("Basic " + login)
                        .equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(asked ? status : 400, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
  }

  @Test
  void queues_and_bindings_are_read_without_those_of_the_default_exchange() {
    answer(
        "queues",
        200,
        """
        [{"name":"a.queue","type":"quorum","arguments":{"x-max-length":1000,"x-queue-type":"quorum"},
          "effective_policy_definition":[]},
         {"name":"b.queue","type":"classic","arguments":{},
          "effective_policy_definition":{"message-ttl":60000}}]
        """);
    answer(
        "bindings",
        200,
        """
        [{"source":"","destination":"a.queue","destination_type":"queue","routing_key":"a.queue",
          "arguments":{}},
         {"source":"a.partitions","destination":"a.queue.0","destination_type":"queue",
          "routing_key":"","arguments":{"slot":3,"x-match":"all"}}]
        """);

    assertThat(management.queues())
        .containsExactly(
            new Queue(
                "a.queue",
                "quorum",
                Map.of("x-max-length", "1000", "x-queue-type", "quorum"),
                Map.of()),
            new Queue("b.queue", "classic", Map.of(), Map.of("message-ttl", "60000")));
    assertThat(management.bindings())
        .containsExactly(
            new Binding(
                "a.partitions", "a.queue.0", true, "", Map.of("slot", "3", "x-match", "all")));
  }

  @Test
  void an_answer_that_is_none_is_an_error_that_names_the_api() throws Exception {
    String beginning =
        "RabbitMQ's management API cannot be used at http://127.0.0.1:%d/mq: "
            .formatted(server.getAddress().getPort());
    answer("queues", 401, "{}");
    assertThatThrownBy(management::queues)
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessage(beginning + "it refuses the user; give it the tag management");
    answer("bindings", 200, "<html>");
    assertThatThrownBy(management::bindings)
        .isInstanceOf(BrokerUnavailable.class)
        .hasMessage(beginning + "its answer is no JSON");
    server.removeContext("/mq/api/bindings");
    answer("bindings", 503, "");
    assertThatThrownBy(management::bindings).hasMessage(beginning + "it answers with status 503");
    assertThatThrownBy(management(Ports.free())::queues).isInstanceOf(BrokerUnavailable.class);
  }
}
