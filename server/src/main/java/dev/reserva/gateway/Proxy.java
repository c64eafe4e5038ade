package dev.reserva.gateway;

import dev.reserva.gateway.Dispatcher.Outcome;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.ProblemWriter;
import dev.reserva.platform.web.Problems;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.HttpRequestHandler;

/** Passes a request on to the service that has its path, and the answer back. */
final class Proxy implements HttpRequestHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);

  private final Dispatcher dispatcher;
  private final ProblemWriter problems;
  private final GatewayMetrics metrics;

  Proxy(Dispatcher dispatcher, ProblemWriter problems, GatewayMetrics metrics) {
    this.dispatcher = dispatcher;
    this.problems = problems;
    this.metrics = metrics;
  }

  @Override
  public void handleRequest(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    List<Service> having = ServiceRoutes.at(request.getRequestURI());
    if (having.isEmpty()) {
      problems.write(request, response, Problems.noSuchPath());
      return;
    }
    Service service =
        having.stream()
            .filter(dispatcher.services()::contains)
            .findFirst()
            .orElse(having.getFirst());
    Optional<Problem> problem = forward(service, request, response);
    if (problem.isPresent()) {
      problems.write(request, response, problem.get());
    }
  }

  /**
   * Passes a request on.
   *
   * @return what is still to be answered, as no instance has; empty if the answer is written
   * @throws AnswerCopy.Cut if the instance breaks off its answer, which ends the connection
   */
  Optional<Problem> forward(
      Service service, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      return switch (dispatcher.send(
          service, OutgoingRequest.of(request, response, RequestBody.of(request)))) {
        case Outcome.Unanswered(Problem problem) -> Optional.of(problem);
        case Outcome.Answered(Answer answer, Instance instance) ->
            write(service, instance, answer, request, response);
      };
    } catch (RequestBody.Unreadable e) {
      return Optional.of(unreadable(request, e));
    }
  }

  private Optional<Problem> write(
      Service service,
      Instance instance,
      Answer answer,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    try (answer) {
      AnswerCopy.copy(answer.response(), response);
      return Optional.empty();
    } catch (AnswerCopy.Cut e) {
      metrics.cut(service, instance);
      LOG.warn(
          "answer cut: service={} instance={} cause={}",
          service.wire(),
          instance.name(),
          String.valueOf(e.getCause()));
      if (response.isCommitted()) {
        throw e;
      }
      response.reset();
      return Optional.of(GatewayProblems.of(Failure.BROKEN, service, request.getMethod()));
    }
  }

  private static Problem unreadable(HttpServletRequest request, RequestBody.Unreadable e) {
    // The container has noted the exception as an error of the server.
    request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return new Problem(
                408, "timeout", "The request took too long", "the body did not arrive in time")
            .withHeader("Connection", "close");
      }
    }
    return Problem.invalid("", "could not be read to its end");
  }
}
