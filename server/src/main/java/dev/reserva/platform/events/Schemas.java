package dev.reserva.platform.events;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import dev.reserva.messaging.DeadLetters.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The published JSON Schemas (2020-12) of all events' payloads, read once from {@code
 * /schemas/<type>/<version>.json} on the class path.
 */
public final class Schemas {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** By type; asked for each event that is sent. */
  private static final Map<String, String> URIS =
      Contracts.ALL.stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  Contract::name, contract -> uri(contract.name(), contract.version())));

  private final Map<String, Published> byType = new LinkedHashMap<>();

  /**
   * @throws IllegalStateException if an event of the contracts has no schema
   */
  public Schemas() {
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder()
                        .formatAssertionsEnabled(true)
                        .pathType(PathType.JSON_POINTER)
                        .locale(Locale.ROOT)
                        .build()));
    for (Contract<?> contract : Contracts.ALL) {
      String text = read(contract);
      JsonNode node = JSON.readTree(text);
      byType.put(
          contract.name(),
          new Published(contract.name(), contract.version(), text, node, registry.getSchema(node)));
    }
  }

  /** The path of the schema of a type's payload: {@code /schemas/sales.order.created/1}. */
  public static String uriOf(String type) {
    String uri = URIS.get(type);
    return uri == null ? uri(type, 1) : uri; // a type of a newer version of the program
  }

  private static String uri(String type, int version) {
    return "/schemas/%s/%d".formatted(type, version);
  }

  /** Every schema, in the order of the catalogue. */
  public List<Published> all() {
    return List.copyOf(byType.values());
  }

  public Optional<Published> find(String type) {
    return Optional.ofNullable(byType.get(type));
  }

  /**
   * The places where a payload violates the schema of its type; empty if it is valid.
   *
   * @throws IllegalArgumentException if the type is unknown
   */
  public List<Violation> violations(String type, JsonNode data) {
    Published published =
        find(type)
            .orElseThrow(() -> new IllegalArgumentException("there is no event type " + type));
    return published.validator.validate(data).stream().map(Schemas::violation).toList();
  }

  private static Violation violation(Error error) {
    String pointer = error.getInstanceLocation().toString();
    return switch (error.getKeyword()) {
      case "required" -> new Violation(pointer + "/" + error.getProperty(), "is required");
      default -> new Violation(pointer, error.getMessage());
    };
  }

  private static String read(Contract<?> contract) {
    String resource = "/schemas/%s/%d.json".formatted(contract.name(), contract.version());
    try (InputStream in = Schemas.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("there is no schema " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A published schema. */
  public static final class Published {
    private final String type;
    private final int version;
    private final String text;
    private final JsonNode node;
    private final Schema validator;

    private Published(String type, int version, String text, JsonNode node, Schema validator) {
      this.type = type;
      this.version = version;
      this.text = text;
      this.node = node;
      this.validator = validator;
    }

    public String type() {
      return type;
    }

    public int version() {
      return version;
    }

    /** The document in its published form. */
    public String text() {
      return text;
    }

    public JsonNode node() {
      return node.deepCopy();
    }

    /** Its {@code $id}, such as {@code /schemas/sales.order.created/1}. */
    public String id() {
      return node.path("$id").asString();
    }

    /** Names of the payload's members. */
    public Set<String> members() {
      return Set.copyOf(node.path("properties").propertyNames());
    }

    /** Names of the members that every payload has and that are UUIDs. */
    public Set<String> requiredIds() {
      return node.path("required")
          .valueStream()
          .map(JsonNode::asString)
          .filter(name -> node.at("/properties/" + name + "/format").asString("").equals("uuid"))
          .collect(Collectors.toUnmodifiableSet());
    }

    public String description() {
      return node.path("description").asString();
    }
  }
}
