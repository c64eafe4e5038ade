package dev.reserva.platform.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/**
 * The security headers of a problem that is answered before the security filters, or without them.
 * A problem is no page, so nothing may be loaded or framed.
 */
final class ProblemHeaders {

  private static final Map<String, String> HEADERS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY");

  private ProblemHeaders() {}

  /** Adds those that the response does not have. */
  static void addTo(HttpServletResponse response) {
    HEADERS.forEach((name, value) -> {
      if (!response.containsHeader(name)) {
        response.setHeader(name, value);
      }
    });
  }
}
