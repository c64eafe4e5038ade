package dev.reserva.operations.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.operations.domain.Health.Module;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {

  private static final long MAX_LAG = 100;
  private static final Optional<String> RUNS = Optional.empty();
  private static final Optional<String> HALTED = Optional.of("probing: the broker is down");
  private static final Map<String, Boolean> UP = Map.of("database", true);
  private static final Map<String, Boolean> DOWN = Map.of("database", false);

  @Test
  void a_service_is_healthy_while_it_keeps_up_and_has_no_dead_letters() {
    assertThat(Module.subscribed(RUNS, 100, 3, 0, MAX_LAG).status()).isEqualTo("healthy");
    assertThat(Module.subscribed(RUNS, 101, 0, 0, MAX_LAG).status()).isEqualTo("degraded");
    assertThat(Module.subscribed(RUNS, 0, 1, 1, MAX_LAG).status()).isEqualTo("degraded");
    assertThat(Module.subscribed(HALTED, 0, 0, 0, MAX_LAG).status()).isEqualTo("degraded");
  }

  @Test
  void what_is_not_healthy_has_a_reason() {
    assertThat(Module.subscribed(RUNS, 0, 3, 0, MAX_LAG).reason()).isEmpty();
    assertThat(Module.subscribed(HALTED, 101, 1, 1, MAX_LAG).reason()).isEqualTo(HALTED);
    assertThat(Module.subscribed(RUNS, 101, 1, 1, MAX_LAG).reason())
        .hasValue("dead letters wait for an operator (GET /api/dlq): 1");
    assertThat(Module.subscribed(RUNS, 101, 0, 0, MAX_LAG).reason())
        .hasValue("101 events wait, more than 100");
    assertThat(Module.intake(RUNS, 0)).isEqualTo(Module.degradedBy(RUNS, Map.of("unreadable", 0L)));
    assertThat(Module.intake(HALTED, 2).reason()).isEqualTo(HALTED);
    assertThat(Module.intake(RUNS, 2).reason())
        .hasValue("messages that were not imported wait for an operator (GET /api/dlq): 2");
    assertThat(Module.DOWN.reason()).isPresent();
  }

  @Test
  void without_its_broker_a_system_is_degraded() {
    assertThat(Health.of(Map.of("database", true, "broker", false), Map.of(), List.of()).status())
        .isEqualTo("degraded");
    assertThat(Health.of(Map.of("database", true, "broker", true), Map.of(), List.of()).status())
        .isEqualTo("healthy");
    assertThat(Health.of(Map.of("database", false, "broker", true), Map.of(), List.of()).status())
        .isEqualTo("unhealthy");
  }

  @Test
  void the_overall_health_is_that_of_the_worst_part() {
    Module ill = Module.subscribed(HALTED, 0, 0, 0, MAX_LAG);

    assertThat(Health.of(UP, Map.of("customers", Module.WITHOUT_SUBSCRIPTION), List.of()).status())
        .isEqualTo("healthy");
    assertThat(
            Health.of(UP, Map.of("sales", ill, "customers", Module.WITHOUT_SUBSCRIPTION), List.of())
                .status())
        .isEqualTo("degraded");
    assertThat(Health.of(DOWN, Map.of("sales", Module.DOWN), List.of()).status())
        .isEqualTo("unhealthy");
  }

  @Test
  void a_warning_leaves_the_status_as_it_is() {
    Health health = Health.of(UP, Map.of(), List.of("payments are simulated"));

    assertThat(health.status()).isEqualTo("healthy");
    assertThat(health.warnings()).containsExactly("payments are simulated");
  }

  @Test
  void a_stranger_is_told_no_backlogs() {
    Module busy = Module.subscribed(RUNS, 90, 3, 2, MAX_LAG);
    Health health = Health.of(UP, Map.of("sales", busy), List.of("a warning"));

    assertThat(health.modules().get("sales")).isEqualTo(busy);
    assertThat(health.withoutBacklogs())
        .isEqualTo(
            new Health(
                "degraded",
                Map.of("database", true),
                Map.of("sales", new Module("degraded", Optional.empty(), Map.of())),
                List.of("a warning")));
  }
}
