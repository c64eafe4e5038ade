package dev.reserva.platform.events;

import dev.reserva.messaging.Event;
import java.io.ByteArrayOutputStream;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes events as CloudEvents 1.0 in JSON's structured mode. */
public final class CloudEvents {

  public static final String MEDIA_TYPE = "application/cloudevents+json";

  /** Keeps the digits of numbers as they were written, because payloads are only passed on. */
  private static final JsonMapper PAYLOADS =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private CloudEvents() {}

  /** The whole event as JSON text. */
  public static String write(Event event) {
    return toJson(event).toString();
  }

  /** The whole event. */
  public static ObjectNode toJson(Event event) {
    ObjectNode json = envelope(event);
    json.set("data", data(event));
    return json;
  }

  /**
   * The whole event as JSON text in UTF-8, with the payload as it is.
   *
   * @param event its payload is a JSON object
   */
  static byte[] bytes(Event event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 + event.data().length());
    try (JsonGenerator json = PAYLOADS.createGenerator(bytes)) {
      json.writeStartObject();
      attributes(event, json::writeStringProperty);
      json.writeName("data");
      json.writeRawValue(event.data());
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** The event without its payload: enough to show that it happened. */
  public static ObjectNode envelope(Event event) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    attributes(event, json::put);
    return json;
  }

  /** Tells the attributes in their order. */
  private static void attributes(Event event, BiConsumer<String, String> to) {
    to.accept("specversion", "1.0");
    to.accept("id", event.id().toString());
    to.accept("source", sourceOf(event));
    to.accept("type", event.type());
    to.accept("subject", event.subject().toString());
    to.accept("time", event.time().toString());
    to.accept("datacontenttype", "application/json");
    to.accept("dataschema", Schemas.uriOf(event.type()));
    to.accept("partitionkey", event.key().toString());
    to.accept("correlationid", event.correlationId());
    tellIfPresent(to, "causationid", event.causationId());
    tellIfPresent(to, "traceparent", event.traceparent());
    tellIfPresent(to, "tracestate", event.tracestate());
  }

  /** The service that published it: {@code /reserva/sales}. */
  static String sourceOf(Event event) {
    return "/reserva/" + event.context();
  }

  private static void tellIfPresent(
      BiConsumer<String, String> to, String attribute, @Nullable Object value) {
    if (value != null) {
      to.accept(attribute, value.toString());
    }
  }

  /** A payload that is not JSON is written as a text. Only a fault can produce one. */
  private static JsonNode data(Event event) {
    try {
      return PAYLOADS.readTree(event.data());
    } catch (JacksonException e) {
      return JsonNodeFactory.instance.stringNode(event.data());
    }
  }
}
