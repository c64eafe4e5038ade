package dev.reserva.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Admits a request if its route is open or its caller has one of the route's roles. A request
 * without a route is refused. The cost is one look-up, however many routes there are.
 */
final class RouteGuard implements AuthorizationManager<RequestAuthorizationContext> {

  private final RouteMap routes;
  private final Map<Route, Set<String>> authorities = new HashMap<>();

  RouteGuard(RouteMap routes) {
    this.routes = routes;
    for (Route route : routes.mostSpecificFirst()) {
      authorities.put(route, RouteMap.authorities(route));
    }
  }

  @Override
  public AuthorizationResult authorize(
      Supplier<? extends @Nullable Authentication> caller, RequestAuthorizationContext context) {
    HttpServletRequest request = context.getRequest();
    Optional<Route> route =
        routes.at(HttpMethod.valueOf(request.getMethod()), request.getRequestURI());
    return new AuthorizationDecision(
        route.isPresent() && (route.get().open() || mayUse(route.get(), caller.get())));
  }

  private boolean mayUse(Route route, @Nullable Authentication caller) {
    if (caller == null || !caller.isAuthenticated()) {
      return false;
    }
    Set<String> wanted = authorities.getOrDefault(route, Set.of());
    boolean found = false;
    for (GrantedAuthority authority : caller.getAuthorities()) {
      String name = authority.getAuthority();
      if (Callers.API_KEY.equals(name) && route.callers() != Route.Callers.ALL) {
        return false;
      }
      found |= wanted.contains(name);
    }
    return found;
  }
}
