package dev.reserva.platform.events;

import dev.reserva.messaging.Subscription;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes the published language in AsyncAPI 3.0: one channel per publishing service, a message
 * per type of event, and who sends and receives it.
 */
public final class AsyncApi {

  private static final String SCHEMA_FORMAT = "application/schema+json;version=draft-2020-12";

  private final Schemas schemas;
  private final List<Subscription> subscriptions;

  /**
   * @param subscriptions what the services of this process hear
   */
  public AsyncApi(Schemas schemas, List<Subscription> subscriptions) {
    this.schemas = schemas;
    this.subscriptions = List.copyOf(subscriptions);
  }

  public ObjectNode document() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("asyncapi", "3.0.0");
    document
        .putObject("info")
        .put("title", "Reserva events")
        .put("version", "1.0.0")
        .put(
            "description",
            "The facts that Reserva's services tell each other, as CloudEvents 1.0 in JSON. "
                + "Events of one partition key are delivered in order; within a major version "
                + "payloads only gain optional members.");
    document.put("defaultContentType", CloudEvents.MEDIA_TYPE);
    describeChannels(document.putObject("channels"));
    describeOperations(document.putObject("operations"));
    ObjectNode components = document.putObject("components");
    describeMessages(components.putObject("messages"));
    describeEnvelope(components.putObject("schemas"));
    return document;
  }

  private void describeChannels(ObjectNode channels) {
    for (String context : contexts()) {
      ObjectNode channel = channels.putObject(context);
      channel.put("address", context + ".events");
      channel.put("description", "Every event of the service " + context + ".");
      ObjectNode messages = channel.putObject("messages");
      for (Schemas.Published schema : schemas.all()) {
        if (context.equals(contextOf(schema.type()))) {
          messages
              .putObject(name(schema.type()))
              .put("$ref", "#/components/messages/" + name(schema.type()));
        }
      }
    }
  }

  private void describeOperations(ObjectNode operations) {
    for (String context : contexts()) {
      ObjectNode sends = operations.putObject(context + "_publishes");
      sends.put("action", "send");
      sends.putObject("channel").put("$ref", "#/channels/" + context);
      var messages = sends.putArray("messages");
      for (Schemas.Published schema : schemas.all()) {
        if (context.equals(contextOf(schema.type()))) {
          messages.addObject().put("$ref", messageOf(schema.type()));
        }
      }
    }
    for (Subscription subscription : subscriptions) {
      Set<String> from =
          subscription.types().stream()
              .map(AsyncApi::contextOf)
              .collect(Collectors.toCollection(TreeSet::new));
      for (String context : from) {
        ObjectNode receives =
            operations.putObject(
                "%s_hears_%s".formatted(subscription.name().replaceAll("[.-]", "_"), context));
        receives.put("action", "receive");
        receives.putObject("channel").put("$ref", "#/channels/" + context);
        var messages = receives.putArray("messages");
        subscription.types().stream()
            .filter(type -> context.equals(contextOf(type)))
            .sorted()
            .forEach(type -> messages.addObject().put("$ref", messageOf(type)));
      }
    }
  }

  private void describeMessages(ObjectNode messages) {
    for (Schemas.Published schema : schemas.all()) {
      ObjectNode message = messages.putObject(name(schema.type()));
      message.put("name", schema.type());
      message.put("title", schema.type());
      message.put("summary", schema.description());
      message.put("contentType", CloudEvents.MEDIA_TYPE);
      ObjectNode payload = message.putObject("payload");
      payload.put("schemaFormat", SCHEMA_FORMAT);
      var parts = payload.putObject("schema").putArray("allOf");
      parts.addObject().put("$ref", "#/components/schemas/CloudEvent");
      ObjectNode own = parts.addObject();
      own.put("type", "object");
      ObjectNode properties = own.putObject("properties");
      properties.putObject("type").put("const", schema.type());
      properties.putObject("data").put("$ref", Schemas.uriOf(schema.type()));
    }
  }

  private static void describeEnvelope(ObjectNode components) {
    ObjectNode envelope = components.putObject("CloudEvent");
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
    properties.putObject("data").put("type", "object");
  }

  private static ObjectNode text(ObjectNode properties, String name, String description) {
    return properties.putObject(name).put("type", "string").put("description", description);
  }

  private Set<String> contexts() {
    return schemas.all().stream()
        .map(schema -> contextOf(schema.type()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String contextOf(String type) {
    return type.substring(0, type.indexOf('.'));
  }

  /** Names of components and operations have no dots in them. */
  private static String name(String type) {
    return type.replace('.', '_');
  }

  private static String messageOf(String type) {
    return "#/channels/%s/messages/%s".formatted(contextOf(type), name(type));
  }
}
