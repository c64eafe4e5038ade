package dev.reserva.platform.web;

import dev.reserva.messaging.Cause;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems as {@code application/problem+json}. Only this class knows their shape. */
public final class ProblemWriter {

  private static final String MEDIA_TYPE = "application/problem+json";

  private final JsonMapper json;

  public ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  /** Answers with the problem, unless the response is already committed. */
  public void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    Cause cause = CorrelationFilter.causeOf(request);
    byte[] body = json.writeValueAsBytes(body(problem, instance(request), cause));
    response.resetBuffer();
    response.setStatus(problem.status());
    response.setContentType(MEDIA_TYPE);
    response.setHeader(RequestContext.CORRELATION_HEADER, cause.correlationId());
    problem.headers().forEach(response::setHeader);
    SecurityHeaders.addTo(request, response);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.flushBuffer();
  }

  static Map<String, Object> body(Problem problem, String instance, Cause cause) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "/problems/" + problem.type());
    body.put("title", problem.title());
    body.put("status", problem.status());
    body.put("detail", problem.detail());
    body.put("instance", instance);
    body.put("traceId", CorrelationFilter.traceId(cause));
    problem.members().forEach(body::putIfAbsent);
    return body;
  }

  /** The requested path; after an error dispatch, the path of the original request. */
  private static String instance(HttpServletRequest request) {
    return request.getAttribute("jakarta.servlet.error.request_uri") instanceof String original
        ? original
        : request.getRequestURI();
  }
}
