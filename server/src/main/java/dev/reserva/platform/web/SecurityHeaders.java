package dev.reserva.platform.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/**
 * Writes the security headers of every answer before anything else does, so that the answers of all
 * filters have them. The framework's own filter writes more headers, one of them obsolete, and
 * wraps each response for that.
 */
final class SecurityHeaders implements Filter {

  private static final String CONTENT_POLICY = "Content-Security-Policy";

  /** JSON is no page, so nothing may be loaded or framed. */
  private static final String FOR_DATA = "default-src 'none'; frame-ancestors 'none'";

  /** Scripts of this server only. Inline styles, because Swagger UI uses them. */
  private static final String FOR_PAGES =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
          + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY");

  /** What runs on hosts below this one is not known here, so subdomains are not included. */
  private static final String A_YEAR = "max-age=31536000";

  /** Documents that change with a release only. Their controllers say how long they are valid. */
  private static final List<String> CACHEABLE =
      List.of("/schemas", "/asyncapi.json", "/.well-known/");

  @Override
  public void doFilter(ServletRequest any, ServletResponse answer, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest request = (HttpServletRequest) any;
    HttpServletResponse response = (HttpServletResponse) answer;
    String path = request.getRequestURI();
    HEADERS.forEach(response::setHeader);
    response.setHeader(CONTENT_POLICY, isPage(path) ? FOR_PAGES : FOR_DATA);
    if (CACHEABLE.stream().noneMatch(path::startsWith)) {
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    if (request.isSecure()) {
      response.setHeader("Strict-Transport-Security", A_YEAR);
    }
    chain.doFilter(any, answer);
  }

  private static boolean isPage(String path) {
    return path.equals("/") || path.startsWith("/swagger-ui/");
  }

  /** Adds those that a problem lacks because this filter did not see its request. */
  static void addTo(HttpServletRequest request, HttpServletResponse response) {
    HEADERS.forEach((name, value) -> add(response, name, value));
    add(response, CONTENT_POLICY, FOR_DATA);
    add(response, HttpHeaders.CACHE_CONTROL, "no-store");
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
