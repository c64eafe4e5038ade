package dev.reserva.platform.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import dev.reserva.contracts.Money;
import dev.reserva.messaging.DeadLetters.Violation;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SchemasTest {

  private final Schemas schemas = new Schemas();

  static Stream<Contract<?>> contracts() {
    return Contracts.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void a_schema_has_exactly_the_members_of_its_record(Contract<?> contract) {
    JsonNode schema = schemas.find(contract.name()).orElseThrow().node();

    assertThat(schema.path("$schema").asString())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertThat(schema.path("$id").asString()).isEqualTo(Schemas.uriOf(contract.name()));
    assertThat(schema.path("title").asString()).isEqualTo(contract.name());
    assertSame(schema, schema, contract.payload());
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void a_payload_without_a_required_member_is_refused_by_name(Contract<?> contract) {
    JsonNode schema = schemas.find(contract.name()).orElseThrow().node();
    for (JsonNode required : schema.path("required")) {
      ObjectNode data = (ObjectNode) GoldenEventsTest.golden(contract).path("data").deepCopy();
      data.remove(required.asString());

      assertThat(schemas.violations(contract.name(), data))
          .containsExactly(new Violation("/" + required.asString(), "is required"));
    }
  }

  /**
   * Other programs have copies of the schemas. A schema may gain an optional member. The same
   * commit then updates its line in {@code golden/schemas.sha256} (the format of {@code
   * sha256sum}).
   */
  @Test
  void no_schema_changes_unnoticed() throws Exception {
    Map<String, String> pinned = new TreeMap<>();
    try (InputStream in = SchemasTest.class.getResourceAsStream("/golden/schemas.sha256")) {
      new String(requireNonNull(in).readAllBytes(), UTF_8)
          .lines()
          .forEach(line -> pinned.put(line.substring(66), line.substring(0, 64)));
    }
    Map<String, String> published = new TreeMap<>();
    for (Schemas.Published schema : schemas.all()) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(schema.text().getBytes(UTF_8));
      published.put(
          "%s/%d.json".formatted(schema.type(), schema.version()),
          HexFormat.of().formatHex(digest));
    }
    assertThat(published).isEqualTo(pinned);
  }

  @Test
  void formats_are_checked() {
    Contract<?> contract = contract(Contracts.STOCK_RESERVED);
    ObjectNode data = (ObjectNode) GoldenEventsTest.golden(contract).path("data").deepCopy();
    data.put("orderId", "42").put("expiresAt", "tomorrow");

    assertThat(schemas.violations(contract.name(), data))
        .extracting(Violation::pointer)
        .containsExactlyInAnyOrder("/orderId", "/expiresAt");
  }

  @Test
  void a_violation_names_its_place_in_a_list() {
    Contract<?> contract = contract(Contracts.STOCK_RESERVED);
    ObjectNode data = (ObjectNode) GoldenEventsTest.golden(contract).path("data").deepCopy();
    ((ObjectNode) data.path("lines").path(1)).put("quantity", 0);

    assertThat(schemas.violations(contract.name(), data))
        .extracting(Violation::pointer)
        .containsExactly("/lines/1/quantity");
  }

  @Test
  void a_type_that_is_not_in_the_catalogue_has_no_schema() {
    assertThat(schemas.find("sales.order.eaten")).isEmpty();
    assertThatThrownBy(
            () -> schemas.violations("sales.order.eaten", schemas.all().getFirst().node()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Contract<?> contract(String name) {
    return Contracts.ALL.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  private static void assertSame(JsonNode root, JsonNode schema, Class<?> payload) {
    RecordComponent[] components = payload.getRecordComponents();
    Set<String> names =
        Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toSet());
    Set<String> required =
        Arrays.stream(components)
            .filter(component -> !isNullable(component))
            .map(RecordComponent::getName)
            .collect(Collectors.toSet());
    assertThat(new HashSet<>(schema.path("properties").propertyNames())).isEqualTo(names);
    assertThat(
            schema
                .path("required")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toSet()))
        .isEqualTo(required);
    assertThat(schema.path("description").asString()).isNotEmpty();
    assertThat(schema.path("additionalProperties").asBoolean(false)).isTrue();
    for (RecordComponent component : components) {
      JsonNode property = schema.path("properties").path(component.getName());
      assertThat(property.path("description").asString())
          .as("description of %s", component.getName())
          .isNotEmpty();
      if (isNullable(component)) {
        assertThat(admitsNull(property)).as("null as %s", component.getName()).isTrue();
      }
      assertType(root, property, component.getGenericType());
    }
  }

  private static void assertType(JsonNode root, JsonNode property, Type type) {
    JsonNode resolved =
        property.has("$ref") ? root.at(property.path("$ref").asString().substring(1)) : property;
    List<String> types =
        resolved.path("type").isArray()
            ? resolved.path("type").valueStream().map(JsonNode::asString).toList()
            : List.of(resolved.path("type").asString());
    if (type instanceof ParameterizedType list) {
      assertThat(types).contains("array");
      assertType(root, resolved.path("items"), list.getActualTypeArguments()[0]);
    } else if (type == UUID.class) {
      assertThat(resolved.path("format").asString()).isEqualTo("uuid");
    } else if (type == Instant.class) {
      assertThat(resolved.path("format").asString()).isEqualTo("date-time");
    } else if (type == int.class || type == Integer.class) {
      assertThat(types).contains("integer");
      assertThat(resolved.has("minimum") && resolved.has("maximum")).isTrue();
    } else if (type == boolean.class) {
      assertThat(types).containsExactly("boolean");
    } else if (type == String.class) {
      assertThat(types).contains("string");
    } else if (type == Money.class) {
      JsonNode present = property.has("anyOf") ? property.path("anyOf").path(0) : property;
      assertThat(present.path("$ref").asString()).isEqualTo("#/$defs/money");
    } else if (type instanceof Class<?> nested && nested.isRecord()) {
      assertSame(root, resolved, nested);
    } else {
      throw new AssertionError("no schema is known for " + type);
    }
  }

  /** An absent member is written as null. */
  private static boolean admitsNull(JsonNode property) {
    return Stream.concat(Stream.of(property), property.path("anyOf").valueStream())
        .map(schema -> schema.path("type"))
        .anyMatch(type ->
            type.isArray()
                ? type.valueStream().anyMatch(it -> it.asString().equals("null"))
                : type.asString().equals("null"));
  }

  private static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }
}
