package dev.reserva.gateway;

import dev.reserva.gateway.Dispatcher.Outcome;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.ProblemWriter;
import dev.reserva.platform.web.Problems;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/**
 * Answers the gateway's own metrics to those whom a service answers its own: a process with the
 * logins, or else another, is asked with the caller's token. The gateway cannot judge a token.
 */
final class MetricsGuard implements Filter {

  static final String PATH = "/actuator/prometheus";

  private final Dispatcher dispatcher;
  private final ProblemWriter problems;

  MetricsGuard(Dispatcher dispatcher, ProblemWriter problems) {
    this.dispatcher = dispatcher;
    this.problems = problems;
  }

  @Override
  public void doFilter(ServletRequest any, ServletResponse answer, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest request = (HttpServletRequest) any;
    HttpServletResponse response = (HttpServletResponse) answer;
    Problem refusal = refusal(request, response);
    if (refusal == null) {
      chain.doFilter(any, answer);
    } else {
      problems.write(request, response, refusal);
    }
  }

  private @Nullable Problem refusal(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getHeader("Authorization") == null) {
      return Problems.unauthenticated();
    }
    Service asked =
        dispatcher.services().contains(Service.CUSTOMERS)
            ? Service.CUSTOMERS
            : dispatcher.services().stream().findFirst().orElse(Service.CUSTOMERS);
    return switch (dispatcher.send(asked, OutgoingRequest.of("HEAD", PATH, request, response))) {
      case Outcome.Unanswered(Problem problem) -> problem;
      case Outcome.Answered(Answer said, Instance _) -> {
        try (said) {
          yield judged(said.response(), asked);
        }
      }
    };
  }

  private static @Nullable Problem judged(ClassicHttpResponse said, Service asked) {
    return switch (said.getCode()) {
      case 200 -> null;
      case 401 -> {
        Header challenge = said.getFirstHeader("WWW-Authenticate");
        yield challenge == null
            ? Problems.unauthenticated()
            : Problems.unauthenticated().withHeader("WWW-Authenticate", challenge.getValue());
      }
      case 403 -> Problem.forbidden("the roles of the token do not allow this");
      default -> GatewayProblems.unavailable(asked);
    };
  }
}
