package dev.reserva.platform.web;

import jakarta.servlet.http.HttpServletRequest;
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

  /** As the security filters say it, see {@code SecurityConfiguration}. */
  private static final String A_YEAR = "max-age=31536000";

  private ProblemHeaders() {}

  /** Adds those that the response does not have. */
  static void addTo(HttpServletRequest request, HttpServletResponse response) {
    HEADERS.forEach((name, value) -> add(response, name, value));
    if (request.isSecure()) {
      add(response, "Strict-Transport-Security", A_YEAR);
    }
  }

  private static void add(HttpServletResponse response, String name, String value) {
    if (!response.containsHeader(name)) {
      response.setHeader(name, value);
    }
  }
}
