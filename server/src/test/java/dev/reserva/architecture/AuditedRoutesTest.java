package dev.reserva.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.reserva.platform.web.Commands;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * No route that changes something passes by the audit trail: it goes through {@link Commands},
 * which records it. What happens below {@code /api/auth} are security events instead, and a route
 * between processes serves a request that the other process records.
 */
class AuditedRoutesTest {

  private static final String SECURITY_EVENTS = "/api/auth/";
  private static final String BETWEEN_PROCESSES = "/internal/";

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.reserva");

  /** A controller's method, shown by its class and name. */
  record Handler(JavaMethod method) {
    @Override
    public String toString() {
      return method.getOwner().getSimpleName() + "#" + method.getName();
    }
  }

  static Stream<Handler> changing() {
    return OURS.stream()
        .filter(type -> type.isAnnotatedWith(RestController.class))
        .flatMap(type -> type.getMethods().stream())
        .filter(method -> changes(method.reflect()))
        .map(Handler::new);
  }

  private static boolean changes(Method method) {
    RequestMapping route = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
    return route != null
        && !List.of(route.method()).equals(List.of(RequestMethod.GET))
        && Stream.of(route.path())
            .noneMatch(
                path -> path.startsWith(SECURITY_EVENTS) || path.startsWith(BETWEEN_PROCESSES))
        && !below(method.getDeclaringClass());
  }

  private static boolean below(Class<?> controller) {
    RequestMapping all =
        AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
    return all != null
        && Stream.of(all.path()).anyMatch(path -> (path + "/").startsWith(SECURITY_EVENTS));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changing")
  void a_route_that_changes_something_goes_through_commands(Handler handler) {
    assertThat(reachesCommands(handler.method())).as(handler.toString()).isTrue();
  }

  /** Follows the calls within the controller. */
  private static boolean reachesCommands(JavaMethod from) {
    Deque<JavaMethod> open = new ArrayDeque<>(List.of(from));
    Set<JavaMethod> seen = new HashSet<>();
    while (!open.isEmpty()) {
      JavaMethod method = open.pop();
      if (!seen.add(method)) {
        continue;
      }
      for (JavaMethodCall call : method.getMethodCallsFromSelf()) {
        if (call.getTargetOwner().isAssignableTo(Commands.class)
            || call.getTargetOwner().isAssignableTo(Commands.Grouped.class)) {
          return true;
        }
        if (call.getTargetOwner().equals(from.getOwner())) {
          call.getTarget().resolveMember().ifPresent(open::push);
        }
      }
    }
    return false;
  }
}
