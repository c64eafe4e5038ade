package dev.reserva.platform.openapi;

import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.RouteMap;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Describes every operation of the server's controllers: its callers, parameters, body, answers and
 * refusals. Springdoc provides the paths and the names of their parameters.
 */
final class DescribeOperations implements OpenApiCustomizer {

  private static final String OURS = "dev.reserva.";

  private final RequestMappingHandlerMapping mappings;
  private final RouteMap routes;

  DescribeOperations(RequestMappingHandlerMapping mappings, RouteMap routes) {
    this.mappings = mappings;
    this.routes = routes;
  }

  @Override
  public void customise(OpenAPI api) {
    JsonSchemas schemas = new JsonSchemas();
    ProblemAnswers problems = new ProblemAnswers(schemas);
    Inputs inputs = new Inputs(schemas);
    Outputs outputs = new Outputs(schemas, problems);
    mappings
        .getHandlerMethods()
        .forEach((mapping, method) -> {
          for (Handler handler : handlers(mapping, method)) {
            Operation operation = operation(api, handler);
            if (operation != null) {
              operation.setOperationId(handler.operationId());
              describeCallers(operation, handler.route());
              inputs.describe(operation, handler);
              outputs.describe(operation, handler);
            }
          }
        });
    api.getComponents().setSchemas(new LinkedHashMap<>(schemas.named()));
    api.getComponents().setResponses(new LinkedHashMap<>(problems.shared()));
    api.getComponents().setHeaders(Outputs.headers());
    if (api.getTags() != null) {
      api.setTags(api.getTags().stream().sorted(Comparator.comparing(Tag::getName)).toList());
    }
    new Examples(schemas.named()).addTo(api);
  }

  private List<Handler> handlers(RequestMappingInfo mapping, HandlerMethod method) {
    if (!method.getBeanType().getName().startsWith(OURS)
        || method.getBeanType().isAnnotationPresent(Hidden.class)) {
      return List.of();
    }
    return mapping.getPatternValues().stream()
        .flatMap(path ->
            mapping.getMethodsCondition().getMethods().stream()
                .map(RequestMethod::asHttpMethod)
                .map(verb -> new Handler(verb, path, method, routes.find(verb, path).orElse(null))))
        .toList();
  }

  private static @Nullable Operation operation(OpenAPI api, Handler handler) {
    PathItem item = api.getPaths().get(handler.path());
    Map<HttpMethod, Operation> operations = item == null ? Map.of() : item.readOperationsMap();
    return operations.get(HttpMethod.valueOf(handler.verb().name()));
  }

  private static void describeCallers(Operation operation, @Nullable Route route) {
    String callers;
    if (route == null) {
      callers = "Nobody may call it.";
    } else if (route.open()) {
      operation.setSecurity(List.of());
      callers = "Open to everybody, without a token.";
    } else {
      callers =
          Stream.concat(Stream.of(Role.ADMIN), route.roles().stream().sorted())
                  .map(Role::wire)
                  .distinct()
                  .collect(Collectors.joining(", ", "Roles: ", "."))
              + (route.callers() == Route.Callers.ALL ? "" : " Not with an API key.");
    }
    String own = operation.getDescription();
    operation.setDescription(own == null || own.isBlank() ? callers : own + "\n\n" + callers);
  }
}
