package dev.reserva.platform.events;

import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of the event envelope. */
public final class EnvelopeSchema {

  private EnvelopeSchema() {}

  /** The envelope; the payload in {@code data} is any object. */
  public static ObjectNode json() {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("type", "object");
    envelope.put("description", "The attributes that every event has.");
    var required = envelope.putArray("required");
    for (String attribute :
        List.of(
            "specversion",
            "id",
            "source",
            "type",
            "subject",
            "time",
            "datacontenttype",
            "dataschema",
            "partitionkey",
            "correlationid",
            "data")) {
      required.add(attribute);
    }
    ObjectNode properties = envelope.putObject("properties");
    text(properties, "specversion", "The version of CloudEvents.").put("const", "1.0");
    text(properties, "id", "UUIDv7 of the event: the key of idempotency.").put("format", "uuid");
    text(properties, "source", "The publishing service.").put("format", "uri-reference");
    text(properties, "type", "The name of the fact.");
    text(properties, "subject", "The entity that it is about.").put("format", "uuid");
    text(properties, "time", "When it happened, in UTC.").put("format", "date-time");
    text(properties, "datacontenttype", "How the payload is written.")
        .put("const", "application/json");
    text(properties, "dataschema", "Where the payload's schema is.").put("format", "uri-reference");
    text(properties, "partitionkey", "Events of one key are delivered in order.")
        .put("format", "uuid");
    text(properties, "correlationid", "One id for all that one request set going.");
    text(properties, "causationid", "The event that caused this one; absent for the first.")
        .put("format", "uuid");
    text(properties, "traceparent", "W3C trace context.");
    text(properties, "tracestate", "W3C trace state.");
    properties
        .putObject("data")
        .put("type", "object")
        .put("description", "The payload; dataschema names its schema.");
    return envelope;
  }

  private static ObjectNode text(ObjectNode properties, String name, String description) {
    return properties.putObject(name).put("type", "string").put("description", description);
  }
}
