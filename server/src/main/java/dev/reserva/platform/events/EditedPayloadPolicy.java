package dev.reserva.platform.events;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.DeadLetters.Violation;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Unprocessable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decides whether an operator's edit of a failed event's payload only repairs it. An edit must not
 * state another fact.
 *
 * <p>The edited payload must be valid by its type's schema and match its envelope. Valid ids,
 * amounts of money and quantities of goods of the original must not change, and lists of them must
 * keep their length. Only invalid values may be corrected.
 */
public final class EditedPayloadPolicy implements DeadLetters.EditPolicy {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Integer members that are quantities of goods, or tell how far an order is shipped. */
  private static final Set<String> QUANTITIES =
      Set.of("quantity", "change", "openUnits", "openShipments", "revision");

  private final EventCatalogue catalogue;
  private final Schemas schemas;

  public EditedPayloadPolicy(EventCatalogue catalogue, Schemas schemas) {
    this.catalogue = catalogue;
    this.schemas = schemas;
  }

  @Override
  public List<Violation> check(Event original, String editedData) {
    JsonNode edited = read(editedData);
    if (edited == null) {
      return List.of(new Violation("", "is not JSON"));
    }
    Optional<Schemas.Published> schema = schemas.find(original.type());
    if (schema.isEmpty()) {
      return List.of(
          new Violation(
              "", "there is no schema of %s to check the edit".formatted(original.type())));
    }
    List<Violation> violations = new ArrayList<>(schemas.violations(original.type(), edited));
    JsonNode before = read(original.data());
    if (before != null) {
      JsonNode root = schema.get().node();
      new Comparison(root, violations).compare(root, "", "", before, edited);
    }
    if (violations.isEmpty()) {
      try {
        Object _ = catalogue.payload(original.withData(editedData));
      } catch (Unprocessable e) {
        violations.add(new Violation("", String.valueOf(e.getMessage())));
      }
    }
    return List.copyOf(violations);
  }

  private static @Nullable JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      return null;
    }
  }

  /** Walks the original and the edit in parallel, along the schema. */
  private record Comparison(JsonNode root, List<Violation> violations) {

    void compare(JsonNode schema, String name, String pointer, JsonNode before, JsonNode after) {
      if (isMoney(schema)) {
        Optional<Money> amount = money(before);
        if (amount.isPresent() && !amount.equals(money(after))) {
          violations.add(new Violation(pointer, "must stay " + amount.get()));
        }
        return;
      }
      JsonNode resolved = resolved(schema);
      if (resolved.path("format").asString("").equals("uuid")) {
        Optional<UUID> id = uuid(before);
        if (id.isPresent() && !id.equals(uuid(after))) {
          violations.add(new Violation(pointer, "must stay " + id.get()));
        }
      } else if (QUANTITIES.contains(name)) {
        if (isQuantity(resolved, before) && !before.equals(after)) {
          violations.add(new Violation(pointer, "must stay " + before));
        }
      } else if (resolved.has("items")) {
        compareLists(resolved.path("items"), pointer, before, after);
      } else {
        for (var property : resolved.path("properties").properties()) {
          compare(
              property.getValue(),
              property.getKey(),
              pointer + "/" + property.getKey(),
              before.path(property.getKey()),
              after.path(property.getKey()));
        }
      }
    }

    private void compareLists(JsonNode items, String pointer, JsonNode before, JsonNode after) {
      if (!before.isArray()) {
        return;
      }
      if (!before.isEmpty() && after.size() != before.size()) {
        violations.add(
            new Violation(
                pointer,
                "must keep its %d entries, has %d".formatted(before.size(), after.size())));
        return;
      }
      for (int i = 0; i < before.size(); i++) {
        compare(items, "", pointer + "/" + i, before.path(i), after.path(i));
      }
    }

    private static boolean isMoney(JsonNode schema) {
      return schema.path("$ref").asString("").equals("#/$defs/money")
          || schema.path("anyOf").valueStream().anyMatch(Comparison::isMoney);
    }

    private JsonNode resolved(JsonNode schema) {
      String ref = schema.path("$ref").asString("");
      return ref.startsWith("#") ? root.at(ref.substring(1)) : schema;
    }

    private static Optional<Money> money(JsonNode node) {
      try {
        return node.path("amount").isString() && node.path("currency").isString()
            ? Optional.of(
                new Money(
                    new BigDecimal(node.path("amount").stringValue()),
                    node.path("currency").stringValue()))
            : Optional.empty();
      } catch (IllegalArgumentException e) { // not a valid amount, so it may be corrected
        return Optional.empty();
      }
    }

    private static Optional<UUID> uuid(JsonNode node) {
      try {
        return node.isString() && node.stringValue().length() == 36
            ? Optional.of(UUID.fromString(node.stringValue()))
            : Optional.empty();
      } catch (IllegalArgumentException e) { // not a valid id, so it may be corrected
        return Optional.empty();
      }
    }

    private static boolean isQuantity(JsonNode schema, JsonNode node) {
      return node.isInt()
          && node.intValue() >= schema.path("minimum").asInt(0)
          && node.intValue() <= schema.path("maximum").asInt(Integer.MAX_VALUE);
    }
  }
}
