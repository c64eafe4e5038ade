package dev.reserva.platform.events;

import dev.reserva.messaging.Event;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
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

  /** The event without its payload: enough to show that it happened. */
  public static ObjectNode envelope(Event event) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("specversion", "1.0");
    json.put("id", event.id().toString());
    json.put("source", sourceOf(event));
    json.put("type", event.type());
    json.put("subject", event.subject().toString());
    json.put("time", event.time().toString());
    json.put("datacontenttype", "application/json");
    json.put("dataschema", Schemas.uriOf(event.type()));
    json.put("partitionkey", event.key().toString());
    json.put("correlationid", event.correlationId());
    putIfPresent(json, "causationid", event.causationId());
    putIfPresent(json, "traceparent", event.traceparent());
    putIfPresent(json, "tracestate", event.tracestate());
    return json;
  }

  /** The service that published it: {@code /reserva/sales}. */
  static String sourceOf(Event event) {
    return "/reserva/" + event.context();
  }

  private static void putIfPresent(ObjectNode json, String attribute, @Nullable Object value) {
    if (value != null) {
      json.put(attribute, value.toString());
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
