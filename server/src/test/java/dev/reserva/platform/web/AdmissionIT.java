package dev.reserva.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.messaging.GroupCommit;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The requests that are refused over HTTP while a group takes too long. */
class AdmissionIT {

  private static final String PATH = "/probe/narrow";

  private static TestReserva reserva;

  @BeforeAll
  static void start() {
    reserva = TestReserva.start("customers", Narrow.class);
  }

  @AfterAll
  static void stop() {
    reserva.close();
  }

  /** Room for one command, which commits when it is let go. */
  @Configuration(proxyBeanMethods = false)
  public static class Narrow {
    @Bean
    Routes narrowRoutes() {
      return Routes.of(Route.open(HttpMethod.POST, PATH));
    }

    @Bean
    NarrowController narrow(Commands commands) {
      return new NarrowController(commands);
    }
  }

  /** Holds the group of each command until the test lets it go. */
  @RestController
  public static class NarrowController {
    private final Commands.Grouped<String> grouped;
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    NarrowController(Commands commands) {
      grouped =
          commands.grouped(
              new Commands.Kind("probe.narrow", PATH),
              new GroupCommit.Limits(1, 1, 1, Duration.ofNanos(1)),
              (requests, _) -> {
                held.countDown();
                pass(gate);
                return requests.stream()
                    .<Commands.Result>map(_ -> new Commands.Result.Done(Answer.noContent()))
                    .toList();
              });
    }

    record Body(String name) {}

    @PostMapping(PATH)
    ResponseEntity<?> enter(@RequestBody Body body, RequestContext request) {
      return grouped.execute(request, body.name());
    }
  }

  private static void pass(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double meter(String name) {
    return reserva
        .bean(MeterRegistry.class)
        .get("reserva.commands." + name)
        .tag("command", "probe.narrow")
        .functionCounter()
        .count();
  }

  @Test
  void without_room_a_request_is_refused_before_any_other_check() {
    NarrowController controller = reserva.bean(NarrowController.class);
    String body = "{\"name\":\"one\"}";
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Reply> first =
          CompletableFuture.supplyAsync(() -> reserva.call("POST", PATH, null, body), threads);
      pass(controller.held);

      Reply refused = reserva.call("POST", PATH, null, "this is no JSON", "X-Correlation-Id", "c1");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(refused.header("X-Correlation-Id")).isEqualTo("c1");
      assertThat(refused.json().path("type").asString()).isEqualTo("/problems/overloaded");
      assertThat(refused.json().path("instance").asString()).isEqualTo(PATH);
      assertThat(meter("refused")).isEqualTo(1);

      controller.gate.countDown();
      assertThat(first.join().status()).isEqualTo(204);
    }
    assertThat(reserva.call("POST", PATH, null, "this is no JSON").status()).isEqualTo(400);
    assertThat(reserva.call("POST", PATH, null, body).status()).isEqualTo(204);
    assertThat(meter("answered")).isEqualTo(2);
  }

  @Test
  void other_requests_are_not_affected() {
    assertThat(reserva.call("GET", PATH, null, null).status()).isIn(401, 404, 405);
    assertThat(reserva.bean(MeterRegistry.class).get("reserva.commands.waiting").gauges())
        .isNotEmpty();
  }
}
