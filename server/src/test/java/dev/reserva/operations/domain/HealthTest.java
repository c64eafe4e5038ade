package dev.reserva.operations.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.operations.domain.Health.Module;
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

    assertThat(Health.of(true, Map.of("customers", Module.WITHOUT_SUBSCRIPTION)).status())
        .isEqualTo("healthy");
    assertThat(
            Health.of(true, Map.of("sales", ill, "customers", Module.WITHOUT_SUBSCRIPTION))
                .status())
        .isEqualTo("degraded");
    assertThat(Health.of(false, Map.of("sales", Module.DOWN)).status()).isEqualTo("unhealthy");
  }
}
