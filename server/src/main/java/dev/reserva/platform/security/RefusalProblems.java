package dev.reserva.platform.security;

import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.ProblemWriter;
import dev.reserva.platform.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Says why a request was not let in. Without a valid token everything that is not open is 401, also
 * what does not exist; with one, a path that no route names is 404 and a method that it does not
 * have 405.
 */
final class RefusalProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

  private final RouteMap routes;
  private final ProblemWriter problems;

  RefusalProblems(RouteMap routes, ProblemWriter problems) {
    this.routes = routes;
    this.problems = problems;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
      throws IOException {
    problems.write(
        request,
        response,
        refused instanceof OAuth2AuthenticationException token
            ? Problems.tokenRefused(token.getError().getErrorCode())
            : Problems.unauthenticated());
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
      throws IOException {
    problems.write(request, response, refusal(request.getMethod(), request.getRequestURI()));
  }

  private Problem refusal(String method, String path) {
    List<String> methods = routes.methodsAt(path);
    if (methods.isEmpty()) {
      return Problems.noSuchPath();
    }
    return methods.contains(method)
        ? Problem.forbidden("this is not allowed to you")
        : Problems.methodNotAllowed(method, methods);
  }
}
