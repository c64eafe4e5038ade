package dev.reserva.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.EffectOf;
import dev.reserva.gateway.FakeInstance.Exchange;
import dev.reserva.gateway.TestGateway.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Instances that die, hang or are full, and clients that do not read. */
class GatewayFaultsIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private static FakeInstance sales;
  private static FakeInstance dying;
  private static FakeInstance living;
  private static FakeInstance customers;
  private static Deaf deaf;
  private static TestGateway gateway;

  @BeforeAll
  static void start() throws IOException {
    sales = new FakeInstance();
    dying = new FakeInstance();
    living = new FakeInstance();
    customers = new FakeInstance();
    deaf = new Deaf();
    gateway =
        TestGateway.start(
            "reserva.gateway.routes.sales=" + sales.url(),
            "reserva.gateway.routes.inventory=" + dying.url() + "," + living.url(),
            "reserva.gateway.routes.customers=" + customers.url(),
            "reserva.gateway.routes.financial=" + deaf.url(),
            "reserva.gateway.connect-timeout=100ms",
            "reserva.gateway.response-timeout=3s",
            "reserva.gateway.connections-per-instance=1",
            // How long a client may take nothing of its answer.
            "server.tomcat.connection-timeout=1s");
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    List.of(sales, dying, living, customers).forEach(FakeInstance::close);
    deaf.close();
  }

  /** A port whose connections are never accepted: more connections than it may hold wait. */
  private static final class Deaf {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> waiting = new ArrayList<>();

    Deaf() throws IOException {
      try {
        while (waiting.size() < 64) {
          Socket socket = new Socket();
          waiting.add(socket);
          socket.connect(
              new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 200);
        }
      } catch (SocketTimeoutException e) {
        return; // full
      }
      throw new IllegalStateException("the port still takes connections");
    }

    String url() {
      return "http://127.0.0.1:" + server.getLocalPort();
    }

    void close() throws IOException {
      for (Socket socket : waiting) {
        socket.close();
      }
      server.close();
    }
  }

  private static void is(Reply reply, int status, String type) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().get("type").asString()).isEqualTo("/problems/" + type);
  }

  private static Instance instance(FakeInstance fake) {
    return gateway.bean(GatewayConfiguration.Routing.class).services().values().stream()
        .flatMap(some -> some.all().stream())
        .filter(one -> one.url().toString().equals(fake.url()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_killed_instance_costs_no_request_and_is_soon_not_asked() throws IOException {
    for (int i = 0; i < 4; i++) {
      assertThat(gateway.call("POST", "/api/inventory/stock/add", "{}").status()).isEqualTo(200);
    }
    assertThat(dying.requests()).hasSize(2);
    dying.close();

    // The connection that was open broke; what may be repeated was.
    for (int i = 0; i < 2; i++) {
      assertThat(gateway.get("/api/inventory/stats").status()).isEqualTo(200);
    }
    // Then not even what must not be sent twice is lost: nobody has seen it.
    int asked = 0;
    while (!instance(dying).isOpen()) {
      assertThat(gateway.call("PATCH", "/api/inventory/products/1/stock", "{}").status())
          .isEqualTo(200);
      assertThat(++asked).as("requests until the breaker opens").isLessThan(100);
    }
    assertThat(instance(living).isOpen()).isFalse();
  }

  @Test
  @EffectOf("reserva.gateway.response-timeout")
  void a_hanging_instance_is_a_timeout_and_is_not_asked_again() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    sales.behave(exchange -> {
      exchange.body();
      end.await(60, TimeUnit.SECONDS);
    });
    is(gateway.get("/api/orders"), 504, "service-timeout");
    is(gateway.call("POST", "/api/orders", "{}", "Idempotency-Key", "k"), 504, "outcome-unknown");
    assertThat(sales.requests()).hasSize(2);
    end.countDown();
  }

  @Test
  @EffectOf("reserva.gateway.connect-timeout")
  void an_instance_that_accepts_no_connection_is_unavailable() throws Exception {
    // The default of the time-out is longer than this client waits.
    HttpRequest request =
        HttpRequest.newBuilder(gateway.uri("http", "/api/payments/webhook"))
            .timeout(Duration.ofMillis(1_900))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    HttpResponse<String> response =
        gateway.http().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("service-unavailable", "financial");
  }

  @Test
  @EffectOf({"reserva.gateway.connections-per-instance", "reserva.gateway.routes.customers"})
  void a_full_instance_is_told_from_a_dead_one() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    customers.behave(exchange -> {
      exchange.body();
      held.countDown();
      end.await(60, TimeUnit.SECONDS);
      exchange.answer("{}");
    });
    CompletableFuture<Reply> first =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return gateway.get("/api/users");
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            },
            GatewayFaultsIT::start);
    assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
    Reply second = gateway.call("POST", "/api/users", "{}");
    is(second, 503, "service-unavailable");
    assertThat(second.json().get("detail").asString()).contains("too many requests");
    assertThat(customers.requests()).hasSize(1);
    end.countDown();
    assertThat(first.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
  }

  @Test
  void an_instance_is_read_no_faster_than_the_client_reads() throws Exception {
    long size = 256L * 1024 * 1024;
    AtomicLong written = new AtomicLong();
    CompletableFuture<Exception> broken = new CompletableFuture<>();
    living.behave(exchange -> {
      exchange.write("HTTP/1.1 200 OK\nContent-Length: %d\n\n".formatted(size));
      byte[] piece = new byte[64 * 1024];
      try {
        while (written.get() < size) {
          exchange.out().write(piece);
          written.addAndGet(piece.length);
        }
      } catch (IOException e) {
        broken.complete(e);
        throw e;
      }
    });
    dying.behave(Exchange::cut);
    try (Socket socket = gateway.connect()) {
      socket.setReceiveBufferSize(8 * 1024);
      socket
          .getOutputStream()
          .write(
              "GET /api/inventory/products HTTP/1.1\r\nHost: h\r\n\r\n"
                  .getBytes(StandardCharsets.ISO_8859_1));
      // The gateway gives the client up, and then the instance.
      await().atMost(SOON).until(broken::isDone);
    }
    assertThat(written.get()).isPositive().isLessThan(size / 4);
    living.behaveWell();
    dying.behaveWell();
  }

  @Test
  void a_stop_waits_for_requests_under_way() throws Exception {
    try (FakeInstance slow = new FakeInstance()) {
      CountDownLatch held = new CountDownLatch(1);
      CountDownLatch end = new CountDownLatch(1);
      slow.behave(exchange -> {
        exchange.body();
        held.countDown();
        end.await(60, TimeUnit.SECONDS);
        exchange.answer("{\"done\":true}");
      });
      TestGateway stopping = TestGateway.start("reserva.gateway.routes.sales=" + slow.url());
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return stopping.exchange("GET /api/orders HTTP/1.1\nHost: h\n\n");
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              },
              GatewayFaultsIT::start);
      assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Void> stopped =
          CompletableFuture.runAsync(stopping::close, GatewayFaultsIT::start);
      await().atMost(SOON).until(() -> isRefused(stopping));
      assertThat(stopped).isNotDone();
      end.countDown();
      assertThat(answer.get(20, TimeUnit.SECONDS)).contains("HTTP/1.1 200", "\"done\":true");
      stopped.get(20, TimeUnit.SECONDS);
    }
  }

  private static void start(Runnable task) {
    Thread.ofVirtual().start(task);
  }

  private static boolean isRefused(TestGateway stopping) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), stopping.port())) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
