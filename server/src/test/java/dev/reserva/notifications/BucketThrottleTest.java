package dev.reserva.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class BucketThrottleTest {

  @Test
  @EffectOf("reserva.notifications.per-second")
  void no_more_messages_leave_at_once_than_are_allowed_in_a_second() {
    NotificationsProperties properties =
        new Binder(
                new MapConfigurationPropertySource(Map.of("reserva.notifications.per-second", "3")))
            .bindOrCreate("reserva.notifications", NotificationsProperties.class);
    BucketThrottle throttle = new BucketThrottle(properties.perSecond());

    assertThat(throttle.take(100)).isEqualTo(3);
    throttle.giveBack(2);
    assertThat(throttle.take(100)).isBetween(2, 3);
  }
}
