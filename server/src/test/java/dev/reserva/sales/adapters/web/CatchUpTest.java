package dev.reserva.sales.adapters.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Backbone.BrokerStatus;
import dev.reserva.platform.web.Problem;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where a broker joins databases. {@link OrdersControllerTest} has the case without one. */
class CatchUpTest {

  private static final Duration LIMIT = Duration.ofMillis(200);

  private final AtomicInteger tries = new AtomicInteger();

  private static CatchUp joined(boolean brokerAnswers, boolean caughtUp, Duration limit) {
    Backbone backbone =
        (Backbone)
            Proxy.newProxyInstance(
                Backbone.class.getClassLoader(),
                new Class<?>[] {Backbone.class},
                (_, method, _) -> answer(method.getName(), brokerAnswers, caughtUp));
    return new CatchUp(backbone, "sales", limit);
  }

  private static @Nullable Object answer(String method, boolean brokerAnswers, boolean caughtUp) {
    return switch (method) {
      case "broker" -> Optional.of(new BrokerStatus(brokerAnswers, 0));
      case "intakes" -> List.of();
      case "awaitCaughtUp" -> caughtUp;
      default -> throw new IllegalStateException(method);
    };
  }

  private String knownAfter(int refusals) {
    if (tries.getAndIncrement() < refusals) {
      throw unknown();
    }
    return "done";
  }

  private static Problem unknown() {
    return Problem.impossible("unknown-product", "No such product", "there is none").passing();
  }

  @Test
  void what_comes_from_another_database_in_time_is_known() {
    assertThat(joined(true, true, Duration.ofMinutes(1)).retry(() -> knownAfter(5)))
        .isEqualTo("done");
    assertThat(tries).hasValue(6);
  }

  @Test
  void what_does_not_come_is_refused() {
    assertThatThrownBy(() -> joined(true, true, LIMIT).retry(() -> knownAfter(Integer.MAX_VALUE)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("there is none");
    assertThat(tries).hasValueGreaterThan(1);
  }

  @Test
  void nobody_knows_while_the_broker_does_not_answer_or_events_wait() {
    for (CatchUp catchUp : new CatchUp[] {joined(false, true, LIMIT), joined(true, false, LIMIT)}) {
      assertThatThrownBy(() -> catchUp.retry(() -> knownAfter(Integer.MAX_VALUE)))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("events are still to be handled");
    }
  }

  @Test
  void a_refusal_that_stands_is_given_at_once() {
    assertThatThrownBy(() ->
            joined(true, true, Duration.ofMinutes(1))
                .retry(() -> {
                  tries.incrementAndGet();
                  throw Problem.invalid("/items", "must have one");
                }))
        .isInstanceOf(Problem.class);
    assertThat(tries).hasValue(1);
  }
}
