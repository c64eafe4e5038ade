package dev.reserva.platform.web;

import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.RouteMap;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/** {@code /openapi.json} and {@code /docs}: what all operations share is described once, here. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  private static final String BEARER = "bearer";
  private static final String PROBLEM = "Problem";

  /** What any operation may answer besides its own. */
  private static final Map<String, String> PROBLEMS =
      new TreeMap<>(
          Map.of(
              "400", "The request is unreadable or ill-formed; nothing changed",
              "401", "No valid token",
              "403", "Not allowed to this caller",
              "404", "There is no such thing, or the caller may not know of it",
              "409", "The state of things does not allow it; nothing changed",
              "413", "The body is larger than 1 MiB",
              "415", "The body is not application/json",
              "422", "Well-formed but impossible; nothing changed",
              "503", "Overloaded, or a dependency is down; Retry-After says when to come again"));

  static {
    SpringDocUtils.getConfig()
        .addRequestWrapperToIgnore(RequestContext.class, PageRequest.class, IfMatch.class);
    SpringDocUtils.getConfig().replaceWithSchema(dev.reserva.contracts.Money.class, money());
  }

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Reserva")
                .version("1")
                .description("A headless order and stock platform that never oversells."))
        .components(
            new Components()
                .addSecuritySchemes(
                    BEARER,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")))
        .addSecurityItem(new SecurityRequirement().addList(BEARER));
  }

  @Bean
  OperationCustomizer sharedParameters() {
    return OpenApiConfiguration::withSharedParameters;
  }

  @Bean
  OpenApiCustomizer sharedAnswers(RouteMap routes) {
    return api -> {
      api.getComponents().addSchemas(PROBLEM, problem());
      api.getPaths()
          .forEach((path, item) ->
              item.readOperationsMap()
                  .forEach((method, operation) -> {
                    operation.setTags(List.of(tag(path)));
                    withProblems(operation);
                    routes
                        .find(HttpMethod.valueOf(method.name()), path)
                        .ifPresent(route -> withCallers(operation, route));
                  }));
    };
  }

  /** {@code orders} of {@code /api/orders/{id}}. */
  private static String tag(String path) {
    String[] segments = path.split("/", -1);
    return segments.length > 2 ? segments[2] : path;
  }

  private static void withCallers(Operation operation, Route route) {
    if (route.open()) {
      operation.setSecurity(List.of());
    } else {
      operation.setDescription(
          "Roles: "
              + Stream.concat(Stream.of(Role.ADMIN), route.roles().stream().sorted())
                  .map(Role::wire)
                  .distinct()
                  .collect(Collectors.joining(", ")));
    }
  }

  private static Operation withSharedParameters(Operation operation, HandlerMethod method) {
    operation.setOperationId(
        method.getBeanType().getSimpleName().replace("Controller", "")
            + "-"
            + method.getMethod().getName());
    if (takes(method, PageRequest.class)) {
      Schema<?> limit = new IntegerSchema();
      limit.setMinimum(BigDecimal.ONE);
      limit.setMaximum(BigDecimal.valueOf(PageRequest.MAX_LIMIT));
      limit.setDefault(PageRequest.DEFAULT_LIMIT);
      operation.addParametersItem(new Parameter().in("query").name("limit").schema(limit));
      operation.addParametersItem(
          new Parameter()
              .in("query")
              .name("cursor")
              .description("nextCursor of the page before")
              .schema(new StringSchema()));
    }
    if (takes(method, IfMatch.class)) {
      operation.addParametersItem(
          new Parameter()
              .in("header")
              .name(IfMatch.HEADER)
              .description("entity tags that the caller has seen; 412 if none is the current one")
              .schema(new StringSchema().example("\"3\"")));
      operation
          .getResponses()
          .putIfAbsent("412", problemAnswer("Changed meanwhile; nothing changed"));
    }
    if (takes(method, RequestContext.class) && method.hasMethodAnnotation(PostMapping.class)) {
      operation.addParametersItem(
          new Parameter()
              .in("header")
              .name(RequestContextParameters.IDEMPOTENCY_HEADER)
              .description("the same key and body again: the first answer again; kept 24 h")
              .schema(new StringSchema().minLength(1).maxLength(255)));
    }
    return operation;
  }

  private static boolean takes(HandlerMethod method, Class<?> type) {
    return Arrays.stream(method.getMethodParameters())
        .anyMatch(parameter -> parameter.getParameterType() == type);
  }

  private static void withProblems(Operation operation) {
    PROBLEMS.forEach(
        (status, meaning) -> operation.getResponses().putIfAbsent(status, problemAnswer(meaning)));
  }

  private static ApiResponse problemAnswer(String meaning) {
    return new ApiResponse()
        .description(meaning)
        .content(
            new Content()
                .addMediaType(
                    "application/problem+json",
                    new MediaType()
                        .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
  }

  private static Schema<?> problem() {
    return new ObjectSchema()
        .description("RFC 9457")
        .addProperty("type", new StringSchema().example("/problems/insufficient-stock"))
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema())
        .addProperty("instance", new StringSchema())
        .addProperty("traceId", new StringSchema())
        .addProperty(
            "errors",
            new ArraySchema()
                .items(
                    new ObjectSchema()
                        .addProperty("pointer", new StringSchema().example("/items/0/quantity"))
                        .addProperty("message", new StringSchema())));
  }

  private static Schema<?> money() {
    return new ObjectSchema()
        .addProperty("amount", new StringSchema().example("1500.00"))
        .addProperty("currency", new StringSchema().example("BRL"));
  }
}
