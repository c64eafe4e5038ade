package dev.reserva.gateway;

import dev.reserva.platform.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.web.HttpRequestHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /api/health}, as operations answers it. While operations cannot be reached, this answers
 * 503 in the same shape: unhealthy, with the services as the gateway sees them.
 */
final class SystemHealth implements HttpRequestHandler {

  private final Proxy proxy;
  private final ServiceStates states;
  private final JsonMapper json;

  SystemHealth(Proxy proxy, ServiceStates states, JsonMapper json) {
    this.proxy = proxy;
    this.states = states;
    this.json = json;
  }

  record Health(
      String status,
      Map<String, Boolean> services,
      Map<String, Module> modules,
      List<String> warnings) {}

  record Module(String status, Optional<String> reason, Map<String, Long> backlog) {}

  @Override
  public void handleRequest(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Problem> problem = proxy.forward(Service.OPERATIONS, request, response);
    if (problem.isEmpty()) {
      return;
    }
    byte[] body = json.writeValueAsBytes(seen(problem.get()));
    response.setStatus(503);
    problem.get().headers().forEach(response::setHeader);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private Health seen(Problem problem) {
    Map<String, Boolean> services = new TreeMap<>();
    Map<String, Module> modules = new TreeMap<>();
    states
        .read()
        .forEach((service, ready) -> {
          services.put(service.wire(), ready);
          modules.put(
              service.wire(),
              new Module(ready ? "healthy" : "unhealthy", Optional.empty(), Map.of()));
        });
    return new Health("unhealthy", services, modules, List.of(problem.detail()));
  }
}
