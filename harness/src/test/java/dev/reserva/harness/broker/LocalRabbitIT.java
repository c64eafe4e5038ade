package dev.reserva.harness.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Connection;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalRabbitIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void a_virtual_host_is_empty_works_and_is_gone_with_its_user_and_connections_when_closed()
      throws Exception {
    URI uri;
    Connection open;
    try (LocalRabbit rabbit = LocalRabbit.open()) {
      uri = rabbit.uri();
      Amqp.declare(uri, "orders");
      Amqp.send(uri, "orders", "hello");
      assertThat(Amqp.take(uri, "orders")).isEqualTo("hello");
      open = Amqp.connect(uri);
    }
    await().atMost(SOON).until(() -> !open.isOpen());
    assertThatThrownBy(() -> Amqp.connect(uri)).isInstanceOf(AuthenticationFailureException.class);
  }
}
