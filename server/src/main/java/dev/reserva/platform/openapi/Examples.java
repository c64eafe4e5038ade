package dev.reserva.platform.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the example of a body from the examples of its members. A request's example has the
 * required members and those with an example of their own. An answer's example has all members.
 */
final class Examples {

  private static final String REFERENCE = "#/components/schemas/";

  private static final Map<String, String> BY_FORMAT =
      Map.of(
          "uuid",
          "019ac1f2-7d3b-7c4e-9a51-3f0c8b6e2d10",
          "date-time",
          "2026-01-31T12:00:00Z",
          "uri-reference",
          "/reserva/sales");

  private final Map<String, Schema<?>> named;

  Examples(Map<String, Schema<?>> named) {
    this.named = named;
  }

  void addTo(OpenAPI api) {
    for (PathItem item : api.getPaths().values()) {
      for (Operation operation : item.readOperations()) {
        if (operation.getRequestBody() != null) {
          addTo(operation.getRequestBody().getContent(), true);
        }
        for (ApiResponse answer : operation.getResponses().values()) {
          addTo(answer.getContent(), false);
        }
      }
    }
  }

  private void addTo(@Nullable Content content, boolean request) {
    if (content == null) {
      return;
    }
    for (MediaType media : content.values()) {
      Schema<?> schema = media.getSchema();
      if (schema.getOneOf() == null) { // a problem of several types has several examples
        media.setExample(of(schema, request));
      }
    }
  }

  private @Nullable Object of(Schema<?> schema, boolean request) {
    if (schema.get$ref() != null) {
      return of(referred(schema.get$ref()), request);
    }
    if (schema.getConst() != null) {
      return schema.getConst();
    }
    if (schema.getExample() != null) {
      return schema.getExample();
    }
    if (schema.getAllOf() != null) {
      Map<String, @Nullable Object> whole = new LinkedHashMap<>();
      for (Schema<?> part : schema.getAllOf()) {
        if (of(part, request) instanceof Map<?, ?> members) {
          members.forEach((name, value) -> whole.put((String) name, value));
        }
      }
      return whole;
    }
    if (schema.getAnyOf() != null) {
      return of(schema.getAnyOf().getFirst(), request);
    }
    if (schema.getEnum() != null) {
      return schema.getEnum().getFirst();
    }
    return schema.getTypes() == null ? Map.of() : ofType(schema, request);
  }

  private @Nullable Object ofType(Schema<?> schema, boolean request) {
    return switch (schema.getTypes().iterator().next()) {
      case "object" -> object(schema, request);
      case "array" -> List.of(of(schema.getItems(), request));
      case "string" -> BY_FORMAT.getOrDefault(schema.getFormat() + "", "text");
      case "integer" -> schema.getMinimum() == null ? BigDecimal.ONE : schema.getMinimum();
      case "number" -> BigDecimal.ONE;
      case "boolean" -> true;
      default -> null;
    };
  }

  private Object object(Schema<?> schema, boolean request) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    if (schema.getAdditionalProperties() instanceof Schema<?> values) {
      object.put("name", of(values, request));
    }
    if (schema.getProperties() != null) {
      schema
          .getProperties()
          .forEach((name, member) -> {
            boolean required = schema.getRequired() != null && schema.getRequired().contains(name);
            if (!request || required || member.getExample() != null) {
              object.put(name, of(member, request));
            }
          });
    }
    return object;
  }

  private Schema<?> referred(String reference) {
    Schema<?> schema = named.get(reference.substring(REFERENCE.length()));
    if (schema == null) {
      throw new IllegalStateException("no schema has the name " + reference);
    }
    return schema;
  }
}
