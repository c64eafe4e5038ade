package dev.reserva.platform.web;

import dev.reserva.contracts.CardNumbers;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.OutcomeUnknown;
import dev.reserva.messaging.Overloaded;
import dev.reserva.platform.audit.SecurityEvent;
import dev.reserva.platform.json.StrictUuid;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Answers every exception of a controller with a problem document. Logs faults of the server, and
 * puts refusals on record that are security events.
 */
@RestControllerAdvice
final class ProblemAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final String DOWN =
      "the database, or something else that this needs, does not answer; nothing was done";
  private static final Duration SOON = Duration.ofSeconds(1);

  private final ProblemWriter problems;
  private final Consumer<SecurityEvent> trail;

  /**
   * @param trail gets the security events, and must not wait
   */
  ProblemAdvice(ProblemWriter problems, Consumer<SecurityEvent> trail) {
    this.problems = problems;
    this.trail = trail;
  }

  @ExceptionHandler
  void answer(Exception e, HttpServletRequest request, HttpServletResponse response)
      throws IOException, AccessDeniedException, AuthenticationException {
    switch (e) {
      case AccessDeniedException denied -> throw denied; // the security filters answer it
      case AuthenticationException unauthenticated -> throw unauthenticated;
      case AsyncRequestNotUsableException _ -> {} // the caller has disconnected
      case HttpMessageNotWritableException unwritten
          when isOfConnection(unwritten) -> {} // likewise
      default -> {
        Problem problem = problemOf(e, request);
        problems.write(request, response, problem);
        putOnRecord(problem, request);
      }
    }
  }

  /**
   * Names the route and the member, and neither the path nor a value: both are the caller's, and so
   * are names of members below a free payload.
   */
  private void putOnRecord(Problem problem, HttpServletRequest request) {
    Problem.OnRecord record = problem.onRecord();
    if (record != null) {
      Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
      trail.accept(
          SecurityEvents.of(record.action(), request)
              .about(request.getMethod() + " " + route)
              .with("member", CardNumbers.digitsIn(record.place()) == 0 ? record.place() : null));
    }
  }

  static Problem problemOf(Throwable e, HttpServletRequest request) {
    return switch (e) {
      case Problem problem -> problem;
      case HttpMessageNotReadableException unreadable
          when unreadable.getCause() instanceof Problem problem ->
          problem;
      case HttpMessageNotReadableException unreadable -> JsonBodyAdvice.unreadable(unreadable);
      case MethodArgumentTypeMismatchException mismatch -> mistyped(mismatch);
      case MissingServletRequestParameterException missing ->
          Problem.invalid("?" + missing.getParameterName(), "is required");
      // The chunks are ill-formed, or the caller has disconnected.
      case BadRequestException _ -> Problem.invalid("", "could not be read to its end");
      // A header that is first read in the controller is refused here.
      case RequestRejectedException _ ->
          Problem.invalid("", "a header must have no control characters");
      case InvalidParameterException _ ->
          Problem.invalid("?", "must be well-formed, such as ?limit=10");
      case HttpRequestMethodNotSupportedException method ->
          Problems.methodNotAllowed(
              method.getMethod(),
              method.getSupportedMethods() == null
                  ? List.of()
                  : List.of(method.getSupportedMethods()));
      case HttpMediaTypeNotSupportedException _ -> Problems.unsupported();
      case HttpMediaTypeNotAcceptableException _ -> Problems.notAcceptable();
      case NoHandlerFoundException _ -> Problems.noSuchPath();
      case NoResourceFoundException _ -> Problems.noSuchPath();
      case Overloaded overloaded ->
          Problems.unavailable(
              "overloaded",
              "too many requests wait, and nothing was done; try again after Retry-After",
              overloaded.retryAfter());
      case OutcomeUnknown _ ->
          new Problem(
              504,
              "outcome-unknown",
              "The outcome is unknown",
              "the change may or may not have been made; read the current state, or repeat the request with its Idempotency-Key");
      case DependencyUnavailable _ -> Problems.unavailable("unavailable", DOWN, SOON);
      case ErrorResponse known when known.getStatusCode().is4xxClientError() ->
          Problems.ofStatus(known.getStatusCode().value());
      default -> isDown(e) ? down(e, request) : unexpected(e, request);
    };
  }

  private static Problem mistyped(MethodArgumentTypeMismatchException e) {
    boolean inPath = e.getParameter().hasParameterAnnotation(PathVariable.class);
    Class<?> type = Objects.requireNonNullElse(e.getRequiredType(), Object.class);
    String expected =
        type == UUID.class
            ? StrictUuid.EXPECTED
            : type == Instant.class
                ? "must be a time such as 2026-01-31T12:00:00Z"
                : type == int.class || type == Integer.class || type == Long.class
                    ? "must be an integer"
                    : type == boolean.class || type == Boolean.class
                        ? "must be true or false"
                        : "must be a value of its type, see /openapi.json";
    return Problem.invalid(inPath ? "{" + e.getName() + "}" : "?" + e.getName(), expected);
  }

  /** Whether the answer could not be sent, and not whether it could not be made. */
  private static boolean isOfConnection(HttpMessageNotWritableException unwritten) {
    for (@Nullable Throwable cause = unwritten; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  /** SQLSTATE classes 08 (connection), 53 (resources), 57P (the server shuts down). */
  private static boolean isDown(Throwable e) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof DependencyUnavailable) {
        return true;
      }
      if (cause instanceof SQLException sql) {
        String state = Objects.requireNonNullElse(sql.getSQLState(), "");
        return sql instanceof java.sql.SQLTransientConnectionException
            || state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("57P");
      }
    }
    return false;
  }

  private static Problem down(Throwable e, HttpServletRequest request) {
    LOG.warn(
        "dependency down: method={} path={} cause={}",
        request.getMethod(),
        request.getRequestURI(),
        e.toString());
    return Problems.unavailable("unavailable", DOWN, SOON);
  }

  private static Problem unexpected(Throwable e, HttpServletRequest request) {
    LOG.error("request failed: method={} path={}", request.getMethod(), request.getRequestURI(), e);
    return Problems.unexpected();
  }
}
