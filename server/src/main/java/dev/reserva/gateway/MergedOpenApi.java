package dev.reserva.gateway;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One OpenAPI document of several services' own. A path is taken from the service that has it, and
 * everything else is united: objects member by member, lists without duplicates. Where two services
 * say something different at the same place, the first one's text stands.
 */
final class MergedOpenApi {

  private static final String PATHS = "paths";
  private static final String PARTS_OF_A_SCHEMA = "allOf";

  private MergedOpenApi() {}

  /**
   * @param documents of each service, the first being the one whose texts stand
   */
  static ObjectNode of(Map<Service, ObjectNode> documents) {
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    documents.forEach((service, document) -> unite(merged, withOwnPaths(service, document)));
    return merged;
  }

  private static ObjectNode withOwnPaths(Service service, ObjectNode document) {
    ObjectNode own = document.deepCopy();
    if (own.path(PATHS) instanceof ObjectNode paths) {
      Set<String> others = new HashSet<>();
      for (String path : paths.propertyNames()) {
        if (!ServiceRoutes.at(path).contains(service)) {
          others.add(path);
        }
      }
      paths.remove(others);
    }
    return own;
  }

  private static void unite(ObjectNode target, ObjectNode more) {
    for (Map.Entry<String, JsonNode> member : more.properties()) {
      JsonNode known = target.get(member.getKey());
      if (known == null) {
        target.set(member.getKey(), member.getValue());
      } else if (known instanceof ObjectNode into && member.getValue() instanceof ObjectNode from) {
        unite(into, from);
      } else if (known instanceof ArrayNode into && member.getValue() instanceof ArrayNode from) {
        if (member.getKey().equals(PARTS_OF_A_SCHEMA) && into.size() == from.size()) {
          uniteEach(into, from);
        } else {
          unite(into, from);
        }
      }
    }
  }

  /** A problem is what all have and its own members, of which each service knows those it adds. */
  private static void uniteEach(ArrayNode target, ArrayNode more) {
    for (int i = 0; i < target.size(); i++) {
      if (target.get(i) instanceof ObjectNode into && more.get(i) instanceof ObjectNode from) {
        unite(into, from);
      }
    }
  }

  private static void unite(ArrayNode target, ArrayNode more) {
    Set<JsonNode> known = new HashSet<>();
    target.forEach(known::add);
    for (JsonNode element : more) {
      if (known.add(element)) {
        target.add(element);
      }
    }
  }
}
