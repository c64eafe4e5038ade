package dev.reserva.platform.events;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes the published language in AsyncAPI 3.0: one channel per publishing service, a message
 * per type of event, and who sends and receives it.
 */
public final class AsyncApi {

  private static final String SCHEMAS = "#/components/schemas/";
  private static final String POSTGRES = "postgres";

  private final Schemas schemas;
  private final Map<String, Set<String>> consumers;

  /**
   * @param consumers the types that each service of the system consumes, by its name
   */
  public AsyncApi(Schemas schemas, Map<String, Set<String>> consumers) {
    this.schemas = schemas;
    this.consumers = new TreeMap<>(consumers);
  }

  public ObjectNode document() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("asyncapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Reserva events")
        .put("version", "1.0.0")
        .put(
            "description",
            "The events that Reserva's services publish, as CloudEvents 1.0 in JSON. "
                + "Events of one partition key are delivered in order; within a major version "
                + "payloads only gain optional members.")
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("url", "https://www.apache.org/licenses/LICENSE-2.0");
    document.put("defaultContentType", CloudEvents.MEDIA_TYPE);
    describeServers(document.putObject("servers"));
    describeChannels(document.putObject("channels"));
    describeOperations(document.putObject("operations"));
    ObjectNode components = document.putObject("components");
    describeMessages(components.putObject("messages"));
    ObjectNode parts = components.putObject("schemas");
    parts.set("CloudEvent", EnvelopeSchema.json());
    PayloadSchemas payloads = new PayloadSchemas(parts);
    for (Schemas.Published schema : schemas.all()) {
      payloads.add(name(schema.type()), schema.node());
    }
    return document;
  }

  /** One server for each transport. */
  private static void describeServers(ObjectNode servers) {
    ObjectNode postgres = servers.putObject(POSTGRES);
    postgres.put("host", "{host}");
    postgres.put("protocol", "postgresql");
    postgres.put(
        "description",
        "The event log in the services' own database. Only the services connect to it."
            + " Other programs read it by GET /api/events.");
    postgres
        .putObject("variables")
        .putObject("host")
        .put("default", "localhost:5432")
        .put("description", "Of reserva.database.url, or of the embedded database.");
  }

  private void describeChannels(ObjectNode channels) {
    for (String context : contexts()) {
      ObjectNode channel = channels.putObject(context);
      channel.put("address", context + ".events");
      channel.put("description", "Every event of the service " + context + ".");
      channel.putArray("servers").addObject().put("$ref", "#/servers/" + POSTGRES);
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
    consumers.forEach((consumer, types) -> {
      Set<String> from =
          types.stream().map(AsyncApi::contextOf).collect(Collectors.toCollection(TreeSet::new));
      for (String context : from) {
        ObjectNode receives =
            operations.putObject(
                "%s_hears_%s".formatted(consumer.replaceAll("[.-]", "_"), context));
        receives.put("action", "receive");
        receives.putObject("channel").put("$ref", "#/channels/" + context);
        var messages = receives.putArray("messages");
        types.stream()
            .filter(type -> context.equals(contextOf(type)))
            .sorted()
            .forEach(type -> messages.addObject().put("$ref", messageOf(type)));
      }
    });
  }

  private void describeMessages(ObjectNode messages) {
    for (Schemas.Published schema : schemas.all()) {
      ObjectNode message = messages.putObject(name(schema.type()));
      message.put("name", schema.type());
      message.put("title", schema.type());
      message.put("summary", schema.description());
      message.put("contentType", CloudEvents.MEDIA_TYPE);
      ObjectNode payload = message.putObject("payload");
      var parts = payload.putArray("allOf");
      parts.addObject().put("$ref", SCHEMAS + "CloudEvent");
      ObjectNode own = parts.addObject();
      own.put("type", "object");
      ObjectNode properties = own.putObject("properties");
      properties.putObject("type").put("const", schema.type());
      properties.putObject("data").put("$ref", SCHEMAS + name(schema.type()));
    }
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
