package dev.reserva.platform.events;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Unprocessable;
import io.cloudevents.jackson.JsonFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventsCodecTest {

  private final EventCatalogue catalogue = TestCatalogue.create();
  private final CloudEventsCodec codec = new CloudEventsCodec();
  private final Event event =
      catalogue.envelop(Samples.EVENT, Samples.ALL.getFirst(), Samples.CAUSE, Samples.TIME);

  private String text() {
    return new String(codec.encode(event).array(), UTF_8);
  }

  private Event decode(String text) {
    return codec.decode(Bytes.of(text.getBytes(UTF_8)));
  }

  @Test
  void every_event_is_read_as_it_was_written() {
    for (Object sample : Samples.ALL) {
      Event full = catalogue.envelop(Samples.EVENT, sample, Samples.CAUSE, Samples.TIME);
      Event first = catalogue.envelop(Samples.EVENT, sample, Cause.of("first"), Samples.TIME);

      assertThat(codec.decode(codec.encode(full))).isEqualTo(full);
      assertThat(codec.decode(codec.encode(first))).isEqualTo(first);
    }
  }

  @Test
  void a_payload_is_passed_on_byte_for_byte() {
    Event odd =
        event.withData(
            "{\"b\": 1.50e2,\n\"a\":{\"t\":\"}\\u00e4 täxt 🐭\"}, \"n\":12345678901234567890.10}");

    assertThat(codec.decode(codec.encode(odd))).isEqualTo(odd);
  }

  @Test
  void what_it_writes_is_what_the_reference_implementation_reads() {
    for (Object sample : Samples.ALL) {
      Event each = catalogue.envelop(Samples.EVENT, sample, Samples.CAUSE, Samples.TIME);

      byte[] reference =
          new JsonFormat().serialize(new JsonFormat().deserialize(codec.encode(each).array()));

      assertThat(codec.decode(Bytes.of(reference)).withData(each.data())).isEqualTo(each);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{half", "{half}", "{},\"type\":\"sales.order.paid\",\"more\":{}", "[]"})
  void a_payload_that_is_no_object_is_written_as_text_and_not_read(String data) {
    Bytes written = codec.encode(event.withData(data));

    assertThatThrownBy(() -> codec.decode(written))
        .isInstanceOf(Unprocessable.class)
        .hasMessage("data must be an object");
  }

  @Test
  void unknown_attributes_are_ignored_wherever_they_stand() {
    String more =
        text().replaceFirst("\\{", "{\"extra\":{\"data\":[1]},\"number\":5,\"none\":null,");

    assertThat(decode(more)).isEqualTo(event);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "specversion",
        "id",
        "source",
        "type",
        "subject",
        "time",
        "partitionkey",
        "correlationid"
      })
  void an_attribute_that_is_missing_is_named(String attribute) {
    String without = text().replace("\"" + attribute + "\":", "\"other\":");

    assertThatThrownBy(() -> decode(without))
        .isInstanceOf(Unprocessable.class)
        .hasMessage(attribute + " is missing or no text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"specversion\":\"1.0\"|\"specversion\":\"0.3\"|specversion must be 1.0, was 0.3",
        "\"source\":\"/reserva/|\"source\":\"/shop/|source must be /reserva/",
        "\"id\":\"|\"id\":\"x|id must be a UUID",
        "\"subject\":\"|\"subject\":\"x|subject must be a UUID",
        "\"partitionkey\":\"|\"partitionkey\":\"x|partitionkey must be a UUID",
        "\"causationid\":\"|\"causationid\":\"x|causationid must be a UUID",
        "\"time\":\"|\"time\":\"x|time must be as in RFC 3339",
        "\"data\":|\"payload\":|data is missing",
        "\"type\":\"|\"id\":\"|the message is not valid JSON"
      })
  void what_is_wrong_is_named(String right, String wrong, String message) {
    assertThatThrownBy(() -> decode(text().replace(right, wrong)))
        .isInstanceOf(Unprocessable.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "5", "{", "{\"id\":", "\u0000"})
  void what_is_no_object_is_refused(String body) {
    assertThatThrownBy(() -> decode(body)).isInstanceOf(Unprocessable.class);
  }

  @Test
  void two_objects_and_other_encodings_are_refused() {
    assertThatThrownBy(() -> decode(text() + "{}")).isInstanceOf(Unprocessable.class);
    assertThatThrownBy(() -> codec.decode(Bytes.of(text().getBytes(UTF_16))))
        .isInstanceOf(Unprocessable.class);
  }

  @Test
  void damaged_bytes_are_an_event_or_refused() {
    Random random = new Random(7);
    byte[] whole = codec.encode(event).array();
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(codec.decode(Bytes.of(damaged))).isNotNull();
      } catch (Unprocessable e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
