package dev.reserva.notifications.adapters.postgres;

import dev.reserva.notifications.domain.Detail;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes and reads the values of a message as JSON. A text is a string, a count a number, a flag a
 * boolean, a list of rows an array; money and moments are objects.
 */
final class DetailTexts {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String AMOUNT = "amount";
  private static final String CURRENCY = "currency";
  private static final String MOMENT = "moment";

  private DetailTexts() {}

  static String write(Map<String, Detail> details) {
    return JSON.writeValueAsString(object(details));
  }

  static Map<String, Detail> read(String text) {
    return details(JSON.readTree(text));
  }

  private static ObjectNode object(Map<String, Detail> details) {
    ObjectNode object = JSON.createObjectNode();
    details.forEach((name, detail) -> object.set(name, node(detail)));
    return object;
  }

  private static JsonNode node(Detail detail) {
    return switch (detail) {
      case Detail.Text(String value) -> JSON.getNodeFactory().stringNode(value);
      case Detail.Count(long value) -> JSON.getNodeFactory().numberNode(value);
      case Detail.Flag(boolean value) -> JSON.getNodeFactory().booleanNode(value);
      case Detail.Amount(BigDecimal value, String currency) ->
          JSON.createObjectNode().put(AMOUNT, value.toPlainString()).put(CURRENCY, currency);
      case Detail.Moment(Instant value) -> JSON.createObjectNode().put(MOMENT, value.toString());
      case Detail.Rows(var rows) -> {
        var array = JSON.createArrayNode();
        rows.forEach(row -> array.add(object(row)));
        yield array;
      }
    };
  }

  private static Map<String, Detail> details(JsonNode object) {
    Map<String, Detail> details = new LinkedHashMap<>();
    object.properties().forEach(member -> details.put(member.getKey(), detail(member.getValue())));
    return details;
  }

  private static Detail detail(JsonNode node) {
    if (node.isString()) {
      return new Detail.Text(node.stringValue());
    }
    if (node.isBoolean()) {
      return new Detail.Flag(node.booleanValue());
    }
    if (node.isNumber()) {
      return new Detail.Count(node.longValue());
    }
    if (node.isArray()) {
      List<Map<String, Detail>> rows = new ArrayList<>();
      node.forEach(row -> rows.add(details(row)));
      return new Detail.Rows(rows);
    }
    if (node.has(MOMENT)) {
      return new Detail.Moment(Instant.parse(node.path(MOMENT).asString()));
    }
    return new Detail.Amount(
        new BigDecimal(node.path(AMOUNT).asString()), node.path(CURRENCY).asString());
  }
}
