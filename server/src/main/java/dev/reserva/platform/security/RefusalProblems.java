package dev.reserva.platform.security;

import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.ProblemWriter;
import dev.reserva.platform.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Answers requests that are refused.
 *
 * <ul>
 *   <li>Without a valid token, every path that is not open is 401, also one that does not exist.
 *   <li>With a valid token, a path without a route is 404, and a method that its routes do not have
 *       is 405.
 *   <li>A token that cannot be checked because its issuer or what has the logins does not answer is
 *       503.
 * </ul>
 */
final class RefusalProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

  /** How soon a request may succeed that came while that was down. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final RouteMap routes;
  private final ProblemWriter problems;
  private final String authority;

  /**
   * @param authority what checks the tokens of this system, such as {@code the database}
   */
  RefusalProblems(RouteMap routes, ProblemWriter problems, String authority) {
    this.routes = routes;
    this.problems = problems;
    this.authority = authority;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
      throws IOException {
    problems.write(
        request,
        response,
        switch (refused) {
          case OAuth2AuthenticationException token ->
              Problems.tokenRefused(token.getError().getErrorCode());
          case AuthenticationServiceException failed -> uncheckable(failed);
          default -> Problems.unauthenticated();
        });
  }

  private Problem uncheckable(AuthenticationServiceException failed) {
    if (failed.getCause() instanceof UnrevokedTokens.Uncheckable) {
      return Problems.unavailable(
          "unavailable", authority + " does not answer, so the token cannot be checked", RETRY);
    }
    return Problems.unavailable(
        "issuer-unavailable",
        "the token's issuer does not answer, so the token cannot be checked",
        IssuerKeys.PAUSE);
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
    if (!methods.contains(method)) {
      return Problems.methodNotAllowed(method, methods);
    }
    Caller caller = Callers.current();
    if (caller.isEnrolling()) {
      return new Problem(
          403,
          "second-factor-enrolment-required",
          "A second factor must be set up",
          "staff needs a second factor here; POST /api/auth/second-factor sets it up, and this token"
              + " allows nothing else");
    }
    if (routes.callersAt(method, path) == Route.Callers.SERVICES) {
      return Problem.forbidden(
          "%s %s is for other processes of this system only".formatted(method, path));
    }
    return Problem.forbidden(
        "%s %s is allowed to the roles %s only%s"
            .formatted(
                method,
                path,
                String.join(", ", routes.rolesAt(method, path)),
                caller.kind() == Caller.Kind.API_KEY
                        && routes.callersAt(method, path) != Route.Callers.ALL
                    ? ", after a log-in and not with an API key"
                    : ""));
  }
}
