package dev.reserva.platform.security;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The routes of all services of this process. */
public final class RouteMap {

  private record Parsed(Route route, PathPattern pattern) {}

  private final List<Parsed> parsed;

  /** Routes without a variable part, by method and path. Most requests use them. */
  private final Map<HttpMethod, Map<String, Route>> literal = new HashMap<>();

  /** All routes by method, the most specific first. A literal path may be spelt in several ways. */
  private final Map<HttpMethod, List<Parsed>> byMethod = new HashMap<>();

  RouteMap(List<Route> routes) {
    PathPatternParser parser = PathPatternParser.defaultInstance;
    this.parsed =
        routes.stream()
            .map(route -> new Parsed(route, parser.parse(route.pattern())))
            .sorted(Comparator.comparing(Parsed::pattern))
            .toList();
    for (Parsed one : parsed) {
      for (HttpMethod method : answered(one.route())) {
        byMethod.computeIfAbsent(method, any -> new ArrayList<>()).add(one);
        if (!one.pattern().hasPatternSyntax()) {
          literal
              .computeIfAbsent(method, any -> new HashMap<>())
              .putIfAbsent(one.route().pattern(), one.route());
        }
      }
    }
  }

  /** The names of the roles that may call a method at a path. */
  List<String> rolesAt(String method, String path) {
    return Stream.concat(
            Stream.of(Role.ADMIN),
            at(HttpMethod.valueOf(method), path).stream()
                .flatMap(route -> route.roles().stream())
                .sorted())
        .distinct()
        .map(role -> role.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** Who of those with the roles may call a method at a path. */
  Route.Callers callersAt(String method, String path) {
    return at(HttpMethod.valueOf(method), path).map(Route::callers).orElse(Route.Callers.ALL);
  }

  /**
   * The most specific route that answers a method at a path.
   *
   * @param path as requested, without the query
   */
  public Optional<Route> at(HttpMethod method, String path) {
    Route exact = literal.getOrDefault(method, Map.of()).get(path);
    if (exact != null) {
      return Optional.of(exact);
    }
    PathContainer container = PathContainer.parsePath(path);
    return byMethod.getOrDefault(method, List.of()).stream()
        .filter(candidate -> candidate.pattern().matches(container))
        .map(Parsed::route)
        .findFirst();
  }

  /** In this order {@code /stock/low} comes before {@code /stock/{id}}. */
  public List<Route> mostSpecificFirst() {
    return parsed.stream().map(Parsed::route).toList();
  }

  /** The route that was declared with exactly this method and pattern. */
  public Optional<Route> find(HttpMethod method, String pattern) {
    return parsed.stream()
        .map(Parsed::route)
        .filter(route -> route.method().equals(method) && route.pattern().equals(pattern))
        .findFirst();
  }

  /** The methods of all routes at a path; empty if there is no route. */
  List<String> methodsAt(String path) {
    PathContainer container = PathContainer.parsePath(path);
    return parsed.stream()
        .filter(candidate -> candidate.pattern().matches(container))
        .flatMap(candidate -> answered(candidate.route()).stream())
        .map(HttpMethod::name)
        .distinct()
        .sorted()
        .toList();
  }

  /** A route for GET answers HEAD too. */
  static Set<HttpMethod> answered(Route route) {
    return route.method().equals(HttpMethod.GET)
        ? Set.of(HttpMethod.GET, HttpMethod.HEAD)
        : Set.of(route.method());
  }

  /**
   * The authorities that open a route: of its roles, and of admin, who may call all but those
   * between processes.
   */
  static Set<String> authorities(Route route) {
    if (route.callers() == Route.Callers.SERVICES) {
      return Set.of(Callers.SERVICE);
    }
    return Stream.concat(
            Stream.concat(Stream.of(Role.ADMIN), route.roles().stream()).map(Callers::authority),
            route.callers() == Route.Callers.USERS_AND_ENROLLING
                ? Stream.of(Callers.ENROLMENT)
                : Stream.of())
        .collect(Collectors.toUnmodifiableSet());
  }
}
