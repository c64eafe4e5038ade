package dev.reserva.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenAPI 3.1 document with which answers are compared. The comparison is stricter than OpenAPI:
 * an answer must not have a member or a header that the document does not name.
 */
public final class DescribedApi {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PROBLEM = "application/problem+json";

  /** Headers that are about an answer's resource or a refusal; others are the HTTP server's. */
  private static final List<String> TOLD =
      List.of(
          "etag",
          "location",
          "retry-after",
          "www-authenticate",
          "idempotency-replayed",
          "preference-applied");

  private final JsonNode document;
  private final List<PathPattern> paths;
  private final SchemaRegistry registry;
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

  public DescribedApi(String text) {
    document = JSON.readTree(text);
    closeObjects();
    paths =
        document.path("paths").propertyNames().stream()
            .map(PathPatternParser.defaultInstance::parse)
            .sorted(Comparator.naturalOrder())
            .toList();
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder()
                        .formatAssertionsEnabled(true)
                        .locale(Locale.ROOT)
                        .build()));
  }

  /**
   * An answer.
   *
   * @param path of the request, without its query
   * @param headers by their names in lower case
   */
  public record Answer(
      String method, String path, int status, Map<String, String> headers, String body) {}

  /** The differences between an answer and its description; empty if there are none. */
  public List<String> violations(Answer answer) {
    Optional<JsonNode> operations = operations(answer.path());
    JsonNode operation =
        operations
            .map(all -> all.path(answer.method().toLowerCase(Locale.ROOT)))
            .orElse(JSON.missingNode());
    if (operation.isMissingNode()) {
      return answer.status() < 400
          ? List.of("there is no such operation, and it was answered %d".formatted(answer.status()))
          : body(problem(), answer);
    }
    JsonNode responses = operation.path("responses");
    JsonNode response =
        followed(
            responses.has(String.valueOf(answer.status()))
                ? responses.path(String.valueOf(answer.status()))
                : responses.path("default"));
    if (response.isMissingNode()) {
      return List.of("the status %d is not described".formatted(answer.status()));
    }
    List<String> violations = new ArrayList<>(headers(response, answer));
    violations.addAll(body(response, answer));
    return violations;
  }

  private Optional<JsonNode> operations(String path) {
    PathContainer container = PathContainer.parsePath(path);
    return paths.stream()
        .filter(pattern -> pattern.matches(container))
        .findFirst()
        .map(pattern -> document.path("paths").path(pattern.getPatternString()));
  }

  /** Answers that are given before an operation is selected. */
  private JsonNode problem() {
    ObjectNode response = JSON.createObjectNode();
    response
        .putObject("content")
        .putObject(PROBLEM)
        .putObject("schema")
        .put("$ref", "#/components/schemas/Problem");
    return response;
  }

  private List<String> headers(JsonNode response, Answer answer) {
    List<String> violations = new ArrayList<>();
    Set<String> described = new HashSet<>();
    response
        .path("headers")
        .properties()
        .forEach(header -> {
          String name = header.getKey().toLowerCase(Locale.ROOT);
          described.add(name);
          if (followed(header.getValue()).path("required").asBoolean()
              && !answer.headers().containsKey(name)) {
            violations.add("the header %s is missing".formatted(header.getKey()));
          }
        });
    for (String name : TOLD) {
      if (answer.headers().containsKey(name) && !described.contains(name)) {
        violations.add("the header %s is not described".formatted(name));
      }
    }
    return violations;
  }

  private List<String> body(JsonNode response, Answer answer) {
    JsonNode content = response.path("content");
    if (content.isMissingNode() || answer.method().equals("HEAD")) {
      return answer.body().isEmpty() ? List.of() : List.of("no body is described");
    }
    String type = answer.headers().getOrDefault("content-type", "").replaceFirst(";.*", "");
    JsonNode media = content.path(type);
    if (media.isMissingNode()) {
      return List.of("the content type \"%s\" is not described".formatted(type));
    }
    JsonNode body;
    try {
      body =
          type.startsWith("text/")
              ? JSON.getNodeFactory().stringNode(answer.body())
              : JSON.readTree(answer.body());
    } catch (JacksonException e) {
      return List.of("the body is not JSON");
    }
    return schemas.computeIfAbsent(media.path("schema"), this::compiled).validate(body).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  /** References lead into the components, so the schema takes them along. */
  private Schema compiled(JsonNode schema) {
    ObjectNode whole = JSON.createObjectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", document.path("components"));
    return registry.getSchema(whole);
  }

  private JsonNode followed(JsonNode node) {
    @Nullable String reference = node.path("$ref").asString(null);
    return reference == null ? node : document.at(reference.substring(1));
  }

  /** Lets named objects have no other members than their own, wherever one is used as a whole. */
  private void closeObjects() {
    JsonNode named = document.path("components").path("schemas");
    Set<String> parts = new HashSet<>();
    for (JsonNode schema : named) {
      for (JsonNode part : schema.path("allOf")) {
        parts.add(part.path("$ref").asString("").replaceFirst(".*/", ""));
      }
    }
    named
        .properties()
        .forEach(schema -> {
          if (!parts.contains(schema.getKey())
              && schema.getValue() instanceof ObjectNode object
              && (object.has("properties") || object.has("allOf"))
              && !object.has("additionalProperties")) {
            object.put("unevaluatedProperties", false);
          }
        });
  }
}
