package dev.reserva.platform.openapi;

import dev.reserva.platform.web.IfMatch;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.RequestContext.IdempotencyKey;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;

/** Describes the parameters and the body of an operation. */
final class Inputs {

  private final JsonSchemas schemas;

  Inputs(JsonSchemas schemas) {
    this.schemas = schemas;
  }

  void describe(Operation operation, Handler handler) {
    List<Parameter> parameters = new ArrayList<>();
    Map<String, Input> told =
        handler.annotations(Input.class).stream()
            .collect(Collectors.toMap(Input::name, Function.identity()));
    if (operation.getParameters() != null) {
      for (Parameter parameter : operation.getParameters()) {
        if (!List.of("query", "path", "header").contains(parameter.getIn())) {
          continue;
        }
        Input input = told.get(parameter.getName());
        if (isPlatforms(parameter.getName())) {
          continue;
        }
        if (input != null) {
          parameter.setDescription(input.what());
          if (input.type() != Void.class) {
            parameter.setSchema(schemas.read(input.type()));
          }
        } else if (parameter.getIn().equals("path")) {
          parameter.setDescription(identifying(handler.path(), parameter.getName()));
        }
        parameters.add(parameter);
      }
    }
    if (handler.isPaged()) {
      parameters.add(limit());
      parameters.add(cursor());
    }
    if (handler.takesIfMatch()) {
      parameters.add(ifMatch());
    }
    if (handler.isConditional()) {
      parameters.add(ifNoneMatch());
    }
    if (handler.isCommand()) {
      parameters.add(idempotencyKey());
    }
    operation.setParameters(parameters.isEmpty() ? null : parameters);
    describeBody(operation, handler);
  }

  /** The parameters of the platform's own types. Springdoc may have described their components. */
  private static boolean isPlatforms(String name) {
    return name.equals(PageRequest.LIMIT)
        || name.equals(PageRequest.CURSOR)
        || name.equals(IfMatch.HEADER)
        || name.equals(IdempotencyKey.HEADER);
  }

  /** {@code The id of the order.} for {@code /api/orders/{id}}. */
  private static String identifying(String path, String variable) {
    String before = path.substring(0, path.indexOf("/{" + variable));
    String things = before.substring(before.lastIndexOf('/') + 1);
    return "The %s of the %s.".formatted(variable, things.replaceFirst("s$", ""));
  }

  private void describeBody(Operation operation, Handler handler) {
    Optional<Type> read = handler.read();
    operation.setRequestBody(
        read.isEmpty()
            ? null
            : new RequestBody()
                .required(handler.requiresBody())
                .content(
                    new Content()
                        .addMediaType(
                            "application/json", new MediaType().schema(schemas.read(read.get())))));
    if (handler.readsUnknownMembers()) {
      schemas.named(read.orElseThrow()).setAdditionalProperties(true);
    }
  }

  private static Parameter limit() {
    Schema<Object> schema = typed("integer");
    schema.setMinimum(BigDecimal.ONE);
    schema.setMaximum(BigDecimal.valueOf(PageRequest.MAX_LIMIT));
    schema.setDefault(PageRequest.DEFAULT_LIMIT);
    return new Parameter()
        .in("query")
        .name(PageRequest.LIMIT)
        .description("The maximum number of items on the page.")
        .schema(schema);
  }

  private static Parameter cursor() {
    return new Parameter()
        .in("query")
        .name(PageRequest.CURSOR)
        .description(
            "`nextCursor` of the previous page with the same filter; absent for the first page.")
        .schema(typed("string"));
  }

  private static Parameter ifMatch() {
    Schema<Object> schema = typed("string");
    schema.setExample("\"3\"");
    return new Parameter()
        .in("header")
        .name(IfMatch.HEADER)
        .description(
            "Entity tags that the caller accepts; 412 if the current one is not among them.")
        .schema(schema);
  }

  private static Parameter ifNoneMatch() {
    Schema<Object> schema = typed("string");
    schema.setExample("\"3\"");
    return new Parameter()
        .in("header")
        .name(HttpHeaders.IF_NONE_MATCH)
        .description("Entity tags that the caller has; 304 if the current one is among them.")
        .schema(schema);
  }

  private static Parameter idempotencyKey() {
    Schema<Object> schema = typed("string");
    schema.setMinLength(1);
    schema.setMaxLength(IdempotencyKey.MAX_LENGTH);
    return new Parameter()
        .in("header")
        .name(IdempotencyKey.HEADER)
        .description(
            "Makes the request take effect once: repeated with the same key and body within 24 h,"
                + " it gets the first answer again.")
        .schema(schema);
  }

  @SuppressWarnings("unchecked") // a schema's values are typed by what it is a schema of
  private static Schema<Object> typed(String type) {
    return (Schema<Object>) Schemas.ofType(type);
  }
}
