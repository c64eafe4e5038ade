package dev.reserva.platform.events;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds payload schemas to a document's components. Each schema file has its own {@code $defs}. In
 * the document they become components, and equal definitions are merged.
 */
final class PayloadSchemas {

  private static final String DEFINITIONS = "$defs";
  private static final String REFERENCE = "$ref";

  private final ObjectNode components;

  PayloadSchemas(ObjectNode components) {
    this.components = components;
  }

  /**
   * @param name of the component
   * @param schema a copy, which is changed
   */
  void add(String name, JsonNode schema) {
    ObjectNode own = (ObjectNode) schema;
    own.remove("$schema");
    own.remove("$id");
    JsonNode definitions = own.remove(DEFINITIONS);
    if (definitions != null) {
      definitions
          .properties()
          .forEach(definition -> addShared(definition.getKey(), definition.getValue(), name));
    }
    refer(own);
    components.set(name, own);
  }

  /**
   * @throws IllegalStateException if another schema has a different definition of the same name
   */
  private void addShared(String name, JsonNode definition, String user) {
    refer(definition);
    JsonNode known = components.get(name);
    if (known == null) {
      components.set(name, definition);
    } else if (!known.equals(definition)) {
      throw new IllegalStateException(
          "the schema of %s defines %s differently from another schema".formatted(user, name));
    }
  }

  /**
   * Redirects references to the components. A reference with siblings, such as a description, moves
   * into an {@code allOf}, because readers of JSON Schema 7 ignore the siblings of a reference.
   */
  private static void refer(JsonNode node) {
    node.forEach(PayloadSchemas::refer);
    if (node instanceof ObjectNode object && object.path(REFERENCE).isString()) {
      String target =
          object
              .remove(REFERENCE)
              .stringValue()
              .replace("#/" + DEFINITIONS + "/", "#/components/schemas/");
      if (object.isEmpty()) {
        object.put(REFERENCE, target);
      } else {
        ArrayNode parts = object.putArray("allOf");
        parts.addObject().put(REFERENCE, target);
      }
    }
  }
}
