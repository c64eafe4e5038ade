package dev.reserva.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Request bodies that a schema of the server's document refuses, each for one reason. */
final class Bodies {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /**
   * A body that is wrong in one place.
   *
   * @param how what is wrong
   */
  record Wrong(String how, JsonNode body) {}

  private final JsonNode document;
  private final JsonNode example;
  private final List<Wrong> wrong = new ArrayList<>();

  private Bodies(JsonNode document, JsonNode example) {
    this.document = document;
    this.example = example;
  }

  /**
   * @param example a body that the schema allows; members that it does not have stay unbroken
   */
  static List<Wrong> wrong(JsonNode document, JsonNode schema, JsonNode example) {
    Bodies bodies = new Bodies(document, example);
    bodies.breakObject("", followed(document, schema));
    return bodies.wrong;
  }

  /** The schema that a reference leads to; of alternatives, the first. */
  static JsonNode followed(JsonNode document, JsonNode schema) {
    if (schema.has("$ref")) {
      return document.at(schema.path("$ref").asString().substring(1));
    }
    return schema.has("anyOf") ? followed(document, schema.path("anyOf").path(0)) : schema;
  }

  private void breakObject(String pointer, JsonNode schema) {
    if (schema.path("additionalProperties").isBoolean()
        && !schema.path("additionalProperties").asBoolean()) {
      add(pointer, "an unknown member", object -> object.put("unknownMember", 1));
    }
    for (JsonNode required : schema.path("required")) {
      String name = required.asString();
      add(pointer, "no " + name, object -> object.remove(name));
      add(pointer, name + " null", object -> object.putNull(name));
    }
    schema
        .path("properties")
        .properties()
        .forEach(
            member -> breakMember(pointer, member.getKey(), followed(document, member.getValue())));
  }

  private void breakMember(String pointer, String name, JsonNode schema) {
    Consumer<JsonNode> set =
        value -> add(pointer, "another " + name, object -> object.set(name, value));
    String type =
        schema.path("type").isArray()
            ? schema.path("type").path(0).asString()
            : schema.path("type").asString("");
    if (schema.has("enum")) {
      set.accept(NODES.stringNode("NO_SUCH_VALUE"));
    }
    if (schema.has("maxLength")) {
      set.accept(NODES.stringNode("x".repeat(schema.path("maxLength").asInt() + 1)));
    }
    if (schema.has("minLength")) {
      set.accept(NODES.stringNode("x".repeat(schema.path("minLength").asInt() - 1)));
    }
    if (schema.has("minimum")) {
      set.accept(NODES.numberNode(schema.path("minimum").asLong() - 1));
    }
    if (schema.has("maximum")) {
      set.accept(NODES.numberNode(schema.path("maximum").asLong() + 1));
    }
    if (schema.path("format").asString("").equals("uuid")) {
      set.accept(NODES.stringNode("nonsense"));
    }
    switch (type) {
      case "string", "integer", "number", "boolean" -> set.accept(NODES.objectNode());
      case "object" -> {
        set.accept(NODES.stringNode("nonsense"));
        if (example.at(pointer + "/" + name).isObject()) {
          breakObject(pointer + "/" + name, schema);
        }
      }
      case "array" -> {
        set.accept(NODES.stringNode("nonsense"));
        breakArray(pointer, name, schema, set);
      }
      default -> {} // anything goes
    }
  }

  private void breakArray(String pointer, String name, JsonNode schema, Consumer<JsonNode> set) {
    JsonNode first = example.at(pointer + "/" + name + "/0");
    if (schema.path("minItems").asInt(0) > 0) {
      set.accept(NODES.arrayNode());
    }
    if (schema.has("maxItems")) {
      ArrayNode many = NODES.arrayNode();
      for (int i = 0; i <= schema.path("maxItems").asInt(); i++) {
        many.add(first);
      }
      set.accept(many);
    }
    if (first.isObject()) {
      breakObject(pointer + "/" + name + "/0", followed(document, schema.path("items")));
    }
  }

  private void add(String pointer, String how, Consumer<ObjectNode> damage) {
    JsonNode body = example.deepCopy();
    damage.accept((ObjectNode) Objects.requireNonNull(body.at(pointer)));
    wrong.add(new Wrong(how + " at \"" + pointer + "\"", body));
  }
}
