package dev.reserva.platform.web;

import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * The routes of a service that take a file instead of JSON. The body is kept in a temporary file
 * while the request runs, so its size does not count against the memory. A service declares them
 * beside its routes; the controller takes an {@link Upload} as a parameter.
 */
public record Uploads(Set<Of> routes) {

  /**
   * @param pattern as that of the route
   * @param type of the file; in UTF-8 if it is a text
   * @param maxBytes most bytes of a file
   */
  public record Of(HttpMethod method, String pattern, MediaType type, long maxBytes) {}

  public Uploads {
    routes = Set.copyOf(routes);
  }

  public static Uploads of(Of... routes) {
    return new Uploads(Set.of(routes));
  }
}
