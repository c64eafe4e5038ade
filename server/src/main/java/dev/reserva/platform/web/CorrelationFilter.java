package dev.reserva.platform.web;

import dev.reserva.contracts.CardNumbers;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the correlation id and trace context of a request from {@code X-Correlation-Id}, {@code
 * traceparent} and {@code tracestate}, and writes the correlation id to every answer. Ill-formed
 * values are ignored, as W3C Trace Context requires.
 */
final class CorrelationFilter extends OncePerRequestFilter {

  private static final String ATTRIBUTE = CorrelationFilter.class.getName();
  private static final Pattern CORRELATION =
      Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,126}[\\x21-\\x7e])?");
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final Pattern TRACESTATE = Pattern.compile("[\\x20-\\x7e]{1,512}");

  private final Ids ids;

  CorrelationFilter(Ids ids) {
    this.ids = ids;
  }

  /**
   * Correlation and trace of a request; a new correlation id if the filter did not see the request.
   */
  static Cause causeOf(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Cause cause
        ? cause
        : Cause.of(Ids.timeOrdered().next().toString());
  }

  /** The id that finds the request in logs and traces. */
  static String traceId(Cause cause) {
    String traceparent = cause.traceparent();
    return traceparent == null ? cause.correlationId() : traceparent.substring(3, 35);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Cause cause = read(request);
    request.setAttribute(ATTRIBUTE, cause);
    response.setHeader(RequestContext.CORRELATION_HEADER, cause.correlationId());
    MDC.put("correlationId", cause.correlationId());
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove("correlationId");
    }
  }

  private Cause read(HttpServletRequest request) {
    String correlation = text(request.getHeader(RequestContext.CORRELATION_HEADER), CORRELATION);
    String traceparent = matching(request.getHeader("traceparent"), TRACEPARENT);
    return new Cause(
        correlation == null ? ids.next().toString() : correlation,
        null,
        traceparent,
        traceparent == null ? null : text(request.getHeader("tracestate"), TRACESTATE));
  }

  /** A text that a person may have typed. It will be in every event. */
  private static @Nullable String text(@Nullable String value, Pattern pattern) {
    String text = matching(value, pattern);
    return text == null || CardNumbers.digitsIn(text) > 0 ? null : text;
  }

  private static @Nullable String matching(@Nullable String value, Pattern pattern) {
    return value != null && pattern.matcher(value).matches() ? value : null;
  }
}
