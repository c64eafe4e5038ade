package dev.reserva.platform.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.platform.events.Schemas;
import dev.reserva.platform.events.TestCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainJsonTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID ORDER = UUID.fromString("01977c1e-5a00-7000-8000-000000000003");
  private static final UUID RESERVATION = UUID.fromString("01977c1e-5a00-7000-8000-000000000007");
  private static final String PAYLOAD =
      """
      {"orderId":"%s","reservationId":"%s","expiresAt":"2026-03-01T12:15:00Z",
       "lines":[{"productId":"01977c1e-5a00-7000-8000-000000000005","quantity":1}]}
      """
          .formatted(ORDER, RESERVATION)
          .strip();
  private static final String MESSAGE =
      "{\"event_name\":\"inventory.stock.reserved\",\"payload\":%s}".formatted(PAYLOAD);

  private static PlainJson plain(boolean accepted) {
    return new PlainJson(
        accepted,
        TestCatalogue.create(),
        new Schemas(),
        (_, _) -> {},
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Event read(String message, String id) {
    return plain(true)
        .read(utf8(message), id.isEmpty() ? Map.of() : Map.of("message-id", id))
        .orElseThrow();
  }

  private static Bytes utf8(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void entity_and_key_are_those_that_the_payload_names() {
    Event event = read(MESSAGE, "");

    assertThat(event.type()).isEqualTo("inventory.stock.reserved");
    assertThat(event.subject()).isEqualTo(RESERVATION);
    assertThat(event.key()).isEqualTo(ORDER);
    assertThat(event.time()).isEqualTo(NOW);
    assertThat(event.correlationId()).isEqualTo(event.id().toString());
    assertThat(TestCatalogue.create().payload(event)).isNotNull();
  }

  @Test
  void a_message_has_one_id_and_another_message_another_one() {
    UUID id = read(MESSAGE, "").id();

    assertThat(read(MESSAGE, "").id()).isEqualTo(id);
    assertThat(id.version()).isEqualTo(8);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(read(MESSAGE, "a").id()).isNotEqualTo(id).isEqualTo(read(MESSAGE, "a").id());
    assertThat(read(MESSAGE, "b").id()).isNotEqualTo(read(MESSAGE, "a").id());
    assertThat(read(MESSAGE.replace(":1}", ":2}"), "").id()).isNotEqualTo(id);
  }

  @Test
  void without_the_property_it_is_unreadable_with_a_reason_that_names_it() {
    assertThatThrownBy(() -> plain(false).read(utf8(MESSAGE), Map.of()))
        .isInstanceOf(Unprocessable.class)
        .hasMessage(
            "a message with event_name and payload is accepted only with reserva.messaging.accept-plain=true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"event_name\":\"stock.reserved\",\"payload\":{}} | event_name must be a known type of event",
        "{\"event_name\":7,\"payload\":{}} | event_name must be a known type of event",
        "{\"event_name\":\"inventory.stock.reserved\"} | payload must be an object",
        "{\"event_name\":\"inventory.stock.reserved\",\"payload\":{},\"id\":1} | a plain message has event_name and payload, and not id",
        "{\"event_name\":\"inventory.stock.reserved\",\"payload\":{}} | payload/"
      })
  void what_is_wrong_with_a_plain_message_is_told(String message, String reason) {
    assertThatThrownBy(() -> read(message, ""))
        .isInstanceOf(Unprocessable.class)
        .hasMessageStartingWith(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"broken", "[]", "{}", "\"event_name\"", "{\"type\":\"x\"}"})
  void anything_else_is_no_plain_message(String message) {
    assertThat(plain(true).read(utf8(message), Map.of())).isEmpty();
    assertThat(plain(false).read(utf8(message), Map.of())).isEmpty();
  }
}
