package dev.reserva.platform.web;

import java.util.Set;
import org.springframework.http.HttpMethod;

/**
 * The routes of a service whose bodies may have 1 MiB. Others are short, and whoever needs no token
 * for a route may send the least: see {@link BodyFilter}. A service declares it beside its routes.
 */
public record LargeBodies(Set<Of> routes) {

  /**
   * @param pattern as that of the route
   */
  public record Of(HttpMethod method, String pattern) {}

  public LargeBodies {
    routes = Set.copyOf(routes);
  }

  public static LargeBodies of(Of... routes) {
    return new LargeBodies(Set.of(routes));
  }

  public static Of at(HttpMethod method, String pattern) {
    return new Of(method, pattern);
  }
}
