package dev.reserva;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.RouteMap;
import dev.reserva.platform.security.TestTokens;
import dev.reserva.platform.security.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route with every role and with none, as the services declare them. */
class RoutesIT {

  /** Open routes that answer 401 themselves: for a wrong password, token or signature. */
  private static final Set<String> OWN_PROOF =
      Set.of("/api/auth/token", "/api/auth/refresh", "/api/payments/webhook");

  private static TestReserva reserva;

  @BeforeAll
  static void start() {
    reserva = TestReserva.start("", null);
  }

  @AfterAll
  static void stop() {
    reserva.close();
  }

  @TestFactory
  Stream<DynamicTest> every_route_lets_in_exactly_whom_it_names() {
    return reserva.bean(RouteMap.class).mostSpecificFirst().stream()
        .flatMap(route -> tests(route).stream());
  }

  private static List<DynamicTest> tests(Route route) {
    List<DynamicTest> tests = new ArrayList<>();
    String name = route.method() + " " + route.pattern();
    tests.add(
        DynamicTest.dynamicTest(
            name + " without a token",
            () -> {
              int status = status(route, null);
              if (route.open()) {
                // A refused password is not a refused caller.
                assertThat(status).isNotEqualTo(403);
                assertThat(status == 401 && !OWN_PROOF.contains(route.pattern())).isFalse();
              } else {
                assertThat(status).isEqualTo(401);
              }
            }));
    for (Role role : Role.values()) {
      tests.add(
          DynamicTest.dynamicTest(
              name + " as " + role.wire(),
              () -> {
                String token =
                    TestTokens.issue(
                        reserva.bean(Tokens.class),
                        new Caller(
                            "somebody",
                            Set.of(role),
                            role == Role.CUSTOMER ? UUID.randomUUID() : null));
                int status = status(route, token);
                assertThat(status).as("not a fault").isLessThan(500);
                boolean allowed =
                    route.open() || role == Role.ADMIN || route.roles().contains(role);
                if (allowed && OWN_PROOF.contains(route.pattern())) {
                  assertThat(status).isNotIn(403, 405);
                } else if (allowed) {
                  assertThat(status).isNotIn(401, 405);
                } else {
                  assertThat(status).isEqualTo(403);
                }
              }));
    }
    return tests;
  }

  /** Bodies are ill-formed on purpose, so that nothing changes. */
  private static int status(Route route, @Nullable String token) {
    String path =
        route
            .pattern()
            .replaceAll("\\{\\*[^}]*}", "x")
            .replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
    String method = route.method().name();
    String body = method.equals("GET") || method.equals("DELETE") ? null : "{\"unknown\":1}";
    String type = path.endsWith("/import") ? "text/csv" : "application/json";
    return reserva.call(method, path, token, body, "Content-Type", type).status();
  }

  @Test
  void every_controller_has_a_route() {
    Set<String> routes = new TreeSet<>();
    reserva
        .bean(RouteMap.class)
        .mostSpecificFirst()
        .forEach(route -> routes.add(route.method() + " " + route.pattern()));
    Set<String> mapped = new TreeSet<>();
    reserva
        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach((mapping, handler) -> mapped.addAll(mapped(mapping, handler)));

    assertThat(routes).containsAll(mapped);
  }

  private static List<String> mapped(RequestMappingInfo mapping, HandlerMethod handler) {
    if (!handler.getBeanType().isAnnotationPresent(RestController.class)
        || !handler.getBeanType().getPackageName().startsWith("dev.reserva")) {
      return List.of();
    }
    return mapping.getPatternValues().stream()
        .flatMap(pattern ->
            mapping.getMethodsCondition().getMethods().stream()
                .map(method -> method + " " + pattern))
        .toList();
  }
}
