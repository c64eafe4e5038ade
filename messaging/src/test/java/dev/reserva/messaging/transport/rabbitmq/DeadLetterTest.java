package dev.reserva.messaging.transport.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.LongStringHelper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

  private static DeadLetter dead(@Nullable Map<String, Object> headers) {
    return DeadLetter.of(new AMQP.BasicProperties.Builder().headers(headers).build());
  }

  private static Map<String, Object> death(String reason) {
    return Map.of("count", 1L, "reason", LongStringHelper.asLongString(reason));
  }

  @Test
  void the_newest_entry_counts() {
    DeadLetter givenUp =
        dead(Map.of("x-death", List.of(death("delivery_limit"), death("rejected"))));

    assertThat(givenUp.isRejected()).isFalse();
    assertThat(givenUp.text(7))
        .isEqualTo(
            "RabbitMQ gave the message up at the limit of 7 deliveries, because none was acknowledged");
    assertThat(dead(Map.of("x-death", List.of(death("rejected"), death("expired")))).isRejected())
        .isTrue();
  }

  @Test
  void any_other_reason_is_told() {
    assertThat(dead(Map.of("x-death", List.of(death("expired")))).text(7))
        .isEqualTo("RabbitMQ took the message out of its queue, with the reason expired");
  }

  /** Whoever may publish on the broker can send a message to the queue of dead letters. */
  @Test
  void a_message_that_is_no_dead_letter_has_an_unknown_reason() {
    for (Map<String, Object> headers :
        List.<Map<String, Object>>of(
            Map.of(),
            Map.of("x-death", "rejected"),
            Map.of("x-death", List.of()),
            Map.of("x-death", List.of("rejected")),
            Map.of("x-death", List.of(Map.of("count", 1L))))) {
      assertThat(dead(headers)).isEqualTo(new DeadLetter("unknown"));
    }
    assertThat(dead(null)).isEqualTo(new DeadLetter("unknown"));
  }
}
