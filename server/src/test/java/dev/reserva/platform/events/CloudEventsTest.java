package dev.reserva.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CloudEventsTest {

  private final EventCatalogue catalogue = TestCatalogue.create();

  @Test
  void every_event_is_read_by_the_reference_implementation() {
    for (Object sample : Samples.ALL) {
      Event event = catalogue.envelop(Samples.EVENT, sample, Samples.CAUSE, Samples.TIME);

      CloudEvent read = read(event);

      assertThat(read.getSpecVersion()).isEqualTo(SpecVersion.V1);
      assertThat(read.getId()).isEqualTo(event.id().toString());
      assertThat(read.getSource()).isEqualTo(URI.create("/reserva/" + event.context()));
      assertThat(read.getType()).isEqualTo(event.type());
      assertThat(read.getSubject()).isEqualTo(event.subject().toString());
      assertThat(Objects.requireNonNull(read.getTime()).toInstant()).isEqualTo(event.time());
      assertThat(read.getDataContentType()).isEqualTo("application/json");
      assertThat(read.getDataSchema()).isEqualTo(URI.create("/schemas/" + event.type() + "/1"));
      assertThat(read.getExtension("partitionkey")).isEqualTo(event.key().toString());
      assertThat(read.getExtension("correlationid")).isEqualTo("req-7f3a");
      assertThat(read.getExtension("causationid")).isEqualTo(Samples.CAUSE_EVENT.toString());
      assertThat(read.getExtension("traceparent")).isEqualTo(Samples.CAUSE.traceparent());
      assertThat(read.getExtension("tracestate")).isEqualTo("vendor=1");
      assertThat(JsonMapper.shared().readTree(Objects.requireNonNull(read.getData()).toBytes()))
          .isEqualTo(JsonMapper.shared().readTree(event.data()));
    }
  }

  @Test
  void what_is_absent_is_left_out() {
    Event event =
        catalogue.envelop(Samples.EVENT, Samples.ALL.getFirst(), Cause.of("first"), Samples.TIME);

    CloudEvent read = read(event);

    assertThat(read.getExtensionNames()).containsExactlyInAnyOrder("partitionkey", "correlationid");
  }

  @Test
  void digits_of_a_payload_stay_as_they_were_written() {
    Event event =
        catalogue
            .envelop(Samples.EVENT, Samples.ALL.getFirst(), Samples.CAUSE, Samples.TIME)
            .withData("{\"amount\":12345678901234567890.10}");

    assertThat(CloudEvents.write(event)).contains("\"data\":{\"amount\":12345678901234567890.10}");
  }

  @Test
  void a_payload_that_is_not_json_is_written_as_text() {
    Event event =
        catalogue
            .envelop(Samples.EVENT, Samples.ALL.getFirst(), Samples.CAUSE, Samples.TIME)
            .withData("{half");

    assertThat(CloudEvents.toJson(event).path("data").asString()).isEqualTo("{half");
  }

  @Test
  void an_envelope_has_no_payload() {
    Event event =
        catalogue.envelop(Samples.EVENT, Samples.ALL.getFirst(), Samples.CAUSE, Samples.TIME);

    assertThat(CloudEvents.envelope(event).has("data")).isFalse();
  }

  private static CloudEvent read(Event event) {
    return new JsonFormat().deserialize(CloudEvents.write(event).getBytes(StandardCharsets.UTF_8));
  }
}
