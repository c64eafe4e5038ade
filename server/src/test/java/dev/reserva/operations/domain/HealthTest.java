package dev.reserva.operations.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.operations.domain.Health.Module;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest {

  private static final long MAX_LAG = 100;

  @Test
  void a_service_is_healthy_while_it_keeps_up_and_has_no_dead_letters() {
    assertThat(Module.subscribed(true, 100, 3, 0, MAX_LAG).status()).isEqualTo("healthy");
    assertThat(Module.subscribed(true, 101, 0, 0, MAX_LAG).status()).isEqualTo("degraded");
    assertThat(Module.subscribed(true, 0, 1, 1, MAX_LAG).status()).isEqualTo("degraded");
    assertThat(Module.subscribed(false, 0, 0, 0, MAX_LAG).status()).isEqualTo("degraded");
  }

  @Test
  void the_overall_health_is_that_of_the_worst_part() {
    Module ill = Module.subscribed(false, 0, 0, 0, MAX_LAG);

    assertThat(
            Health.of(true, Map.of("customers", Module.WITHOUT_SUBSCRIPTION), List.of()).status())
        .isEqualTo("healthy");
    assertThat(
            Health.of(
                    true, Map.of("sales", ill, "customers", Module.WITHOUT_SUBSCRIPTION), List.of())
                .status())
        .isEqualTo("degraded");
    assertThat(Health.of(false, Map.of("sales", Module.DOWN), List.of()).status())
        .isEqualTo("unhealthy");
  }

  @Test
  void a_warning_leaves_the_status_as_it_is() {
    Health health = Health.of(true, Map.of(), List.of("payments are simulated"));

    assertThat(health.status()).isEqualTo("healthy");
    assertThat(health.warnings()).containsExactly("payments are simulated");
  }

  @Test
  void a_stranger_is_told_no_backlogs() {
    Module busy = Module.subscribed(true, 90, 3, 2, MAX_LAG);
    Health health = Health.of(true, Map.of("sales", busy), List.of("a warning"));

    assertThat(health.modules().get("sales")).isEqualTo(busy);
    assertThat(health.withoutBacklogs())
        .isEqualTo(
            new Health(
                "degraded",
                Map.of("database", true),
                Map.of("sales", new Module("degraded", Map.of())),
                List.of("a warning")));
  }
}
