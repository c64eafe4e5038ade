package dev.reserva.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import dev.reserva.contracts.CustomersEvent.CustomerRegistered;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pins the published JSON of every event in {@code golden/<type>.json}. A difference is a change of
 * the published language. A new optional member is added to sample, schema and golden file. Any
 * other change needs a new type.
 */
class GoldenEventsTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final EventCatalogue catalogue = TestCatalogue.create();
  private final Schemas schemas = new Schemas();

  static Stream<Arguments> everyEvent() {
    return IntStream.range(0, Contracts.ALL.size())
        .mapToObj(i -> Arguments.of(Contracts.ALL.get(i), Samples.ALL.get(i)));
  }

  @Test
  void there_is_a_sample_of_every_event_in_the_order_of_the_catalogue() {
    List<Class<?>> payloads = Contracts.ALL.stream().<Class<?>>map(Contract::payload).toList();
    assertThat(Samples.ALL.stream().<Class<?>>map(Object::getClass).toList()).isEqualTo(payloads);
  }

  @ParameterizedTest
  @MethodSource("everyEvent")
  void an_event_is_written_exactly_as_its_golden(Contract<?> contract, Object sample) {
    Event event = catalogue.envelop(Samples.EVENT, sample, Samples.CAUSE, Samples.TIME);
    assertThat(JSON.readTree(CloudEvents.write(event)).toPrettyString())
        .isEqualTo(golden(contract).toPrettyString());
  }

  @ParameterizedTest
  @MethodSource("everyEvent")
  void a_golden_reads_as_its_sample(Contract<?> contract, Object sample) {
    Event event = read(golden(contract), golden(contract).path("data"));
    assertThat(catalogue.payload(event)).isEqualTo(sample);
  }

  @ParameterizedTest
  @MethodSource("everyEvent")
  void unknown_members_are_ignored(Contract<?> contract, Object sample) {
    ObjectNode data = (ObjectNode) golden(contract).path("data").deepCopy();
    data.put("fromTheFuture", 1).putObject("more").put("x", "y");
    for (JsonNode child : data) {
      if (child.path(0) instanceof ObjectNode entry) {
        entry.put("fromTheFuture", true);
      } else if (child instanceof ObjectNode object) {
        object.put("fromTheFuture", true);
      }
    }
    assertThat(catalogue.payload(read(golden(contract), data))).isEqualTo(sample);
    assertThat(schemas.violations(contract.name(), data)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("everyEvent")
  void a_golden_is_valid_by_its_schema(Contract<?> contract, Object sample) {
    JsonNode golden = golden(contract);
    assertThat(golden.path("dataschema").asString())
        .isEqualTo("/schemas/%s/%d".formatted(contract.name(), contract.version()));
    assertThat(schemas.violations(contract.name(), golden.path("data"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("everyEvent")
  void the_key_is_the_order_wherever_one_is_concerned_and_else_the_subject(
      Contract<?> contract, Object sample) {
    JsonNode golden = golden(contract);
    String order = golden.at("/data/orderId").asString("");
    assertThat(golden.path("partitionkey").asString())
        .isEqualTo(order.isEmpty() ? golden.path("subject").asString() : order);
  }

  @Test
  void what_is_absent_is_left_out_or_null_and_reads_the_same() {
    var bare = new CustomerRegistered(Samples.CUSTOMER, "Ana", "ana@example.com", null, null);
    Event event = catalogue.envelop(Samples.EVENT, bare, Samples.CAUSE, Samples.TIME);
    ObjectNode data = (ObjectNode) JSON.readTree(event.data());
    data.putNull("phone");
    data.putNull("language");
    Event withNull = event.withData(data.toString());

    assertThat(catalogue.payload(event)).isEqualTo(bare);
    assertThat(catalogue.payload(withNull)).isEqualTo(bare);
    assertThat(schemas.violations(event.type(), JSON.readTree(event.data()))).isEmpty();
    assertThat(schemas.violations(event.type(), data)).isEmpty();
  }

  static JsonNode golden(Contract<?> contract) {
    String resource = "/golden/%s.json".formatted(contract.name());
    try (InputStream in = GoldenEventsTest.class.getResourceAsStream(resource)) {
      return JSON.readTree(Objects.requireNonNull(in, resource));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Event read(JsonNode golden, JsonNode data) {
    return new Event(
        UUID.fromString(golden.path("id").asString()),
        golden.path("type").asString(),
        UUID.fromString(golden.path("subject").asString()),
        UUID.fromString(golden.path("partitionkey").asString()),
        Samples.TIME,
        golden.path("correlationid").asString(),
        null,
        null,
        null,
        data.toString());
  }
}
