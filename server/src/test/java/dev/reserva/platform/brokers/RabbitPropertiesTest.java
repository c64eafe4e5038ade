package dev.reserva.platform.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.EffectOf;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RabbitPropertiesTest {

  private static RabbitProperties properties(String uri, String password, int prefetch) {
    return new RabbitProperties(URI.create(uri), "shop", password, prefetch, 1, 1_000, 1);
  }

  @Test
  @EffectOf("reserva.messaging.rabbitmq.prefetch")
  void the_prefetch_limit_reaches_the_consumers() {
    assertThat(properties("amqp://localhost", "secret", 20).settings("test").prefetch())
        .isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost, secret, 'reserva.messaging.rabbitmq.uri must be amqp'",
    "amqp://a:b@localhost, secret, 'reserva.messaging.rabbitmq.uri must be amqp'",
    "amqp://localhost, '', reserva.messaging.rabbitmq.password must be set"
  })
  void what_is_not_allowed_is_named(String uri, String password, String message) {
    assertThatThrownBy(() -> properties(uri, password, 1).settings("test"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void the_password_is_in_no_log() {
    assertThat(properties("amqp://localhost", "secret", 1).toString()).doesNotContain("secret");
  }
}
