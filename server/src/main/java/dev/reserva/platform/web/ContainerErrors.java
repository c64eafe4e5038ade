package dev.reserva.platform.web;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.platform.json.Json;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers requests that never reach the application, such as an ill-formed request line, with a
 * problem document instead of Tomcat's page. It is public because Tomcat creates it by its name.
 */
public final class ContainerErrors extends ErrorReportValve {

  private static final JsonMapper JSON = Json.requests();
  private static final Ids IDS = Ids.timeOrdered();

  @Override
  protected void report(Request request, Response response, @Nullable Throwable thrown) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    Cause cause = Cause.of(IDS.next().toString());
    Problem problem = Problems.ofStatus(stopping(request) ? 503 : status);
    response.setStatus(problem.status());
    try {
      response.setContentType("application/problem+json");
      response.setHeader(RequestContext.CORRELATION_HEADER, cause.correlationId());
      problem.headers().forEach(response::setHeader);
      SecurityHeaders.addTo(request, response);
      String path = request.getRequestURI() == null ? "/" : request.getRequestURI();
      byte[] body = JSON.writeValueAsBytes(ProblemWriter.body(problem, path, cause));
      response.getOutputStream().write(body);
      response.finishResponse();
    } catch (IOException e) {
      // The caller has disconnected; no answer is possible.
      container.getLogger().debug("answer lost", e);
    }
  }

  /**
   * Tomcat refuses a request that arrives while its connector is being paused after the request
   * line, with the headers unread, and then reports 400 for the missing {@code Host}. The request
   * may be valid, so the errors of a paused connector say nothing about it.
   */
  private static boolean stopping(Request request) {
    return request.getConnector().getProtocolHandler() instanceof AbstractProtocol<?> protocol
        && protocol.isPaused();
  }
}
