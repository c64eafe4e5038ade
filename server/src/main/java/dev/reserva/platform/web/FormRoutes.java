package dev.reserva.platform.web;

import dev.reserva.platform.security.RouteMap;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/** Finds the routes that take forms. */
final class FormRoutes {

  private static final List<MediaType> TYPES =
      List.of(MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA);

  private final RouteMap routes;
  private final Set<String> patterns = new HashSet<>();

  FormRoutes(RouteMap routes, List<Forms> forms) {
    this.routes = routes;
    forms.forEach(some -> patterns.addAll(some.patterns()));
  }

  /** Whether the request's route takes a form, and this is the type of one. */
  boolean takes(HttpServletRequest request, MediaType type) {
    return TYPES.stream().anyMatch(type::equalsTypeAndSubtype)
        && request.getMethod().equals(HttpMethod.POST.name())
        && routes
            .at(HttpMethod.POST, request.getRequestURI())
            .filter(route -> patterns.contains(route.pattern()))
            .isPresent();
  }
}
