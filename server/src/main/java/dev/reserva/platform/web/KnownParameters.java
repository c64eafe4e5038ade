package dev.reserva.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses unknown and repeated query parameters. A misspelt filter would otherwise select
 * everything. The known parameters are those of the controller's method.
 */
final class KnownParameters implements HandlerInterceptor {

  private static final String OURS = "dev.reserva.";

  private final DefaultParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();
  private final Map<HandlerMethod, SortedSet<String>> known = new ConcurrentHashMap<>();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getQueryString() != null
        && handler instanceof HandlerMethod method
        && method.getBeanType().getName().startsWith(OURS)) {
      check(request.getParameterMap(), known.computeIfAbsent(method, this::parametersOf));
    }
    return true;
  }

  static void check(Map<String, String[]> given, SortedSet<String> known) {
    List<Problem.InputError> errors = new ArrayList<>();
    given.forEach((name, values) -> {
      if (!known.contains(name)) {
        errors.add(
            new Problem.InputError(
                "?" + name,
                known.isEmpty()
                    ? "is not a parameter of this path, which has none"
                    : "is not a parameter of this path; it has " + String.join(", ", known)));
      } else if (values.length > 1) {
        errors.add(
            new Problem.InputError(
                "?" + name, "must be given once, was given %d times".formatted(values.length)));
      }
    });
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }

  private SortedSet<String> parametersOf(HandlerMethod method) {
    SortedSet<String> parameters = new TreeSet<>();
    for (MethodParameter parameter : method.getMethodParameters()) {
      RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
      if (annotation != null) {
        parameter.initParameterNameDiscovery(names);
        parameters.add(
            annotation.name().isEmpty()
                ? String.valueOf(parameter.getParameterName())
                : annotation.name());
      } else if (parameter.getParameterType() == PageRequest.class) {
        parameters.add(PageRequest.LIMIT);
        parameters.add(PageRequest.CURSOR);
      }
    }
    return parameters;
  }
}
