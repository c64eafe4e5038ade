package dev.reserva.operations.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Backbone.BrokerStatus;
import dev.reserva.messaging.Backbone.IntakeStatus;
import dev.reserva.messaging.Backbone.SubscriptionStatus;
import dev.reserva.operations.application.BrokerTraffic.Intake;
import dev.reserva.operations.application.BrokerTraffic.Relay;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BrokerTrafficTest {

  private static final SubscriptionStatus SALES =
      new SubscriptionStatus("sales", 9, 1, 0, 0, 5, 0, "running", null);

  private static Backbone backbone(Optional<BrokerStatus> broker, IntakeStatus... intakes) {
    return (Backbone)
        Proxy.newProxyInstance(
            Backbone.class.getClassLoader(),
            new Class<?>[] {Backbone.class},
            (_, method, _) -> method.getName().equals("broker") ? broker : List.of(intakes));
  }

  private static SubscriptionStatus relay(String state, @Nullable String error) {
    return new SubscriptionStatus("relay", 10, 3, 0, 0, 7, 2, state, error);
  }

  private static Relay told(SubscriptionStatus relay) {
    return BrokerTraffic.of(
            backbone(Optional.of(new BrokerStatus(true, 1.23456))), List.of(SALES, relay))
        .orElseThrow()
        .relay();
  }

  @Test
  void a_running_relay_has_figures_and_no_reason() {
    assertThat(told(relay("running", null)))
        .isEqualTo(new Relay(10, 3, 7, 2, 1.235, "running", Optional.empty(), Optional.empty()));
  }

  @Test
  void a_blocked_relay_tells_the_brokers_reason_and_any_other_its_last_error() {
    Relay blocked = told(relay("blocked", "low on memory"));
    assertThat(blocked.blockedReason()).hasValue("low on memory");
    assertThat(blocked.lastError()).isEmpty();
    Relay probing = told(relay("probing", "no queue"));
    assertThat(probing.blockedReason()).isEmpty();
    assertThat(probing.lastError()).hasValue("no queue");
  }

  @Test
  void each_intake_is_told() {
    IntakeStatus status =
        new IntakeStatus("intake.a.queue", 4, 2, 1, OptionalLong.of(7), "probing", "down");

    BrokerTraffic traffic =
        BrokerTraffic.of(
                backbone(Optional.of(new BrokerStatus(false, 0)), status),
                List.of(relay("running", null)))
            .orElseThrow();

    assertThat(traffic.answers()).isFalse();
    assertThat(traffic.intakes())
        .containsExactly(
            new Intake("intake.a.queue", 4, 2, 1, Optional.of(7L), "probing", Optional.of("down")));
  }

  @Test
  void without_a_broker_there_is_nothing_to_tell() {
    assertThat(BrokerTraffic.of(backbone(Optional.empty()), List.of(SALES))).isEmpty();
  }
}
