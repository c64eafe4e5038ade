package dev.reserva.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table against what the services declare. */
class ServiceRoutesTest {

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.reserva");

  /** Of the platform, which each process has. */
  private static final Map<String, List<Service>> OF_THE_PLATFORM =
      Map.ofEntries(
          // The gateway has its own.
          Map.entry("/", List.of()),
          Map.entry("/actuator/health/{*group}", List.of()),
          Map.entry("/actuator/prometheus", List.of()),
          // Merged by the gateway.
          Map.entry("/openapi.json", List.of()),
          Map.entry("/openapi.json/{*part}", List.of()),
          // Between processes.
          Map.entry("/internal/security/revocations", List.of()),
          Map.entry("/internal/security/api-key-uses", List.of()),
          Map.entry("/internal/privacy/export/{id}", List.of()),
          Map.entry("/internal/privacy/open", List.of()),
          Map.entry("/.well-known/jwks.json", List.of(Service.CUSTOMERS)),
          Map.entry("/schemas/{*schema}", List.of(Service.OPERATIONS)),
          // Operations gathers it.
          Map.entry("/api/customers/{id}/export", List.of(Service.OPERATIONS)),
          Map.entry("/docs", everyService()),
          Map.entry("/swagger-ui/{*file}", everyService()));

  private static List<Service> everyService() {
    return List.of(
        Service.OPERATIONS,
        Service.CUSTOMERS,
        Service.SALES,
        Service.INVENTORY,
        Service.FINANCIAL,
        Service.LOGISTICS,
        Service.NOTIFICATIONS,
        Service.WEBHOOKS);
  }

  /** By the module that declares them. */
  private static Map<String, List<Route>> declared() throws ReflectiveOperationException {
    Map<String, List<Route>> declared = new TreeMap<>();
    for (JavaClass type : OURS) {
      for (JavaMethod method : type.getMethods()) {
        if (method.isAnnotatedWith("org.springframework.context.annotation.Bean")
            && method.getRawReturnType().isEquivalentTo(Routes.class)) {
          String module = type.getPackageName().split("\\.", -1)[2];
          declared
              .computeIfAbsent(module, any -> new ArrayList<>())
              .addAll(called(method.reflect()).list());
        }
      }
    }
    return declared;
  }

  private static Routes called(Method method) throws ReflectiveOperationException {
    Constructor<?> constructor = method.getDeclaringClass().getDeclaredConstructor();
    constructor.setAccessible(true);
    method.setAccessible(true);
    return (Routes) method.invoke(constructor.newInstance());
  }

  private static String example(Route route) {
    return route.pattern().replaceAll("/\\{\\*[^}]*}", "/x/y").replaceAll("\\{[^}]*}", "x1");
  }

  @Test
  void each_route_of_a_service_leads_to_the_service_that_declares_it() throws Exception {
    Map<String, List<Route>> declared = declared();
    assertThat(declared.keySet())
        .containsExactlyInAnyOrder(
            "customers",
            "financial",
            "inventory",
            "logistics",
            "notifications",
            "operations",
            "platform",
            "sales",
            "webhooks");
    declared.forEach((module, routes) -> {
      if (!module.equals("platform")) {
        Service owner = Service.valueOf(module.toUpperCase(Locale.ROOT));
        assertThat(routes)
            .allSatisfy(route ->
                assertThat(ServiceRoutes.at(example(route)))
                    .as(route.pattern())
                    .isEqualTo(
                        route.callers() == Route.Callers.SERVICES ? List.of() : List.of(owner)));
      }
    });
  }

  @Test
  void each_route_of_the_platform_leads_where_it_belongs() throws Exception {
    Set<String> patterns = new TreeSet<>();
    for (Route route : declared().getOrDefault("platform", List.of())) {
      patterns.add(route.pattern());
      assertThat(ServiceRoutes.at(example(route)))
          .as(route.pattern())
          .isEqualTo(OF_THE_PLATFORM.get(route.pattern()));
    }
    assertThat(patterns).isEqualTo(new TreeSet<>(OF_THE_PLATFORM.keySet()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/api",
        "/api/ordersmore",
        "/API/orders",
        "/internal/revocations",
        "/%69nternal/revocations",
        "/actuator/prometheus",
        "/api/orders/../../internal/revocations",
        "/api/orders/..",
        "/api/orders/./x",
        "/api/orders/%2e%2e/%2e%2e/internal/revocations",
        "/api/orders/%2E./internal",
        "/api/orders/..%2finternal",
        "/api/orders/%5c..%5cinternal",
        "/api/orders/%252e%252e/internal",
        "/api/orders\\..\\internal",
        "/api/orders/..;/internal",
        "/api/orders;x=/internal",
        "/api/orders/%3b/internal",
        "/api//orders",
        "//api/orders",
        "/api/orders/%00",
        "/api/orders/%0d%0aX"
      })
  void nothing_else_and_no_ambiguous_path_leads_anywhere(String path) {
    assertThat(ServiceRoutes.at(path)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/orders", "/api/orders/x%20y", "/api/orders/..x", "/api/orders/a.b"})
  void usual_paths_do(String path) {
    assertThat(ServiceRoutes.at(path)).containsExactly(Service.SALES);
  }
}
