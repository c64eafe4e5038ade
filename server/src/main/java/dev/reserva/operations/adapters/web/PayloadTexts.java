package dev.reserva.operations.adapters.web;

import dev.reserva.contracts.CardNumbers;
import dev.reserva.platform.json.JsonErrors;
import dev.reserva.platform.web.InputErrors;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Refuses card numbers in a payload that a person wrote. */
final class PayloadTexts {

  /** Members of events with a form of their own, in which a long number can be right. */
  private static final Set<String> WITH_LONG_NUMBERS =
      Set.of("sku", "email", "phone", "code", "transactionId");

  private PayloadTexts() {}

  static void check(JsonNode data, InputErrors errors) {
    check("", data, "/data", errors);
  }

  private static void check(String name, JsonNode node, String pointer, InputErrors errors) {
    if (node.isString()) {
      if (!WITH_LONG_NUMBERS.contains(name)) {
        errors.optional(pointer, node.stringValue(), CardNumbers::refuse);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        check(name, node.path(i), pointer + "/" + i, errors);
      }
    } else {
      for (var member : node.properties()) {
        String step = JsonErrors.step(member.getKey());
        check(member.getKey(), member.getValue(), pointer + step, errors);
      }
    }
  }
}
