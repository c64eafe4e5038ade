package dev.reserva.gateway;

import dev.reserva.gateway.Members.Reply;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.ProblemWriter;
import dev.reserva.platform.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.HttpRequestHandler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /api/customers/{id}/export} of the whole system: each service exports its own part,
 * and this is all of them. One that refuses or does not answer fails the whole, so that no part is
 * missing unnoticed. With {@code ?part} it is that service's answer.
 */
final class CustomerExport implements HttpRequestHandler {

  private static final String PARTS = "parts";
  private static final int NOT_FOUND = 404;

  private static final List<Service> ORDER = List.of(Service.CUSTOMERS, Service.SALES);

  private final Members members;
  private final Proxy proxy;
  private final ProblemWriter problems;
  private final JsonMapper json;

  CustomerExport(Members members, Proxy proxy, ProblemWriter problems, JsonMapper json) {
    this.members = members;
    this.proxy = proxy;
    this.problems = problems;
    this.json = json;
  }

  @Override
  public void handleRequest(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (ServiceRoutes.at(request.getRequestURI()).isEmpty()) { // an ambiguous path
      problems.write(request, response, Problems.noSuchPath());
    } else if (!request.getMethod().equals("GET") || request.getQueryString() != null) {
      Service service =
          ServiceRoutes.EXPORT_PARTS.getOrDefault(
              String.valueOf(request.getParameter("part")), Service.CUSTOMERS);
      Optional<Problem> problem = proxy.forward(service, request, response);
      if (problem.isPresent()) {
        problems.write(request, response, problem.get());
      }
    } else {
      gather(request, response);
    }
  }

  private void gather(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ObjectNode whole = null;
    for (Service service : ORDER) {
      OutgoingRequest asked = OutgoingRequest.of("GET", request.getRequestURI(), request, response);
      switch (members.read(service, asked)) {
        case Reply.Document(ObjectNode document) -> whole = united(whole, document);
        case Reply.None(Problem problem) -> {
          problems.write(request, response, problem);
          return;
        }
        case Reply.Other(Answer answer) -> {
          try (answer) {
            // This service holds nothing about the customer; the other may.
            if (answer.status() != NOT_FOUND || (whole == null && service == ORDER.getLast())) {
              AnswerCopy.copy(answer.response(), response);
              return;
            }
          }
        }
      }
    }
    if (whole != null) {
      byte[] body = json.writeValueAsBytes(whole);
      response.setContentType("application/json");
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
  }

  /** A process that runs both services has told both parts the first time. */
  private static ObjectNode united(@Nullable ObjectNode whole, ObjectNode more) {
    if (whole == null) {
      return more;
    }
    if (whole.path(PARTS) instanceof ArrayNode parts) {
      Set<JsonNode> named = new HashSet<>();
      parts.forEach(part -> named.add(part.path("name")));
      for (JsonNode part : more.path(PARTS)) {
        if (named.add(part.path("name"))) {
          parts.add(part);
        }
      }
    }
    return whole;
  }
}
