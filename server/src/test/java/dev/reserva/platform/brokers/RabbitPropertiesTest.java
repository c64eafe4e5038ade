package dev.reserva.platform.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.EffectOf;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RabbitPropertiesTest {

  private static RabbitProperties properties(String uri, String password, int prefetch) {
    return new RabbitProperties(URI.create(uri), "shop", password, prefetch, 1, 1_000, 1, null);
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

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:15672", "ftp://localhost", "http://a:b@localhost", "http:///x"})
  void the_management_api_has_an_address_of_http(String url) {
    assertThatThrownBy(() ->
            new RabbitProperties(
                URI.create("amqp://localhost"), "a", "b", 1, 1, 1_000, 1, URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "reserva.messaging.rabbitmq.management-url must be http[s]://host[:port][/prefix] without"
                + " credentials");
  }

  @Test
  void the_password_is_in_no_log() {
    assertThat(properties("amqp://localhost", "secret", 1).toString()).doesNotContain("secret");
  }
}
