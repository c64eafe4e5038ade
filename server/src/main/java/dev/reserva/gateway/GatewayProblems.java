package dev.reserva.gateway;

import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.Problems;

/** What the gateway answers itself. */
final class GatewayProblems {

  private GatewayProblems() {}

  /** 503: no process runs the service as far as the gateway knows. */
  static Problem noRoute(Service service) {
    return unavailable("no process is known to run the service %s", service);
  }

  /** 503: nothing was done. */
  static Problem unavailable(Service service) {
    return unavailable("the service %s cannot be reached, and nothing was done", service);
  }

  /** 503: nothing was done. */
  static Problem full(Service service) {
    return unavailable("too many requests wait for the service %s, and nothing was done", service);
  }

  private static Problem unavailable(String detail, Service service) {
    return Problems.unavailable(
            "service-unavailable", detail.formatted(service.wire()), Instance.OPEN)
        .with("service", service.wire());
  }

  /** 504: the request may or may not have been carried out. */
  static Problem outcomeUnknown(Service service) {
    return new Problem(
        504,
        "outcome-unknown",
        "The outcome is unknown",
        "the service %s gave no answer, and the change may or may not have been made; read the current state, or repeat the request with its Idempotency-Key"
            .formatted(service.wire()));
  }

  /** 504: a request that changes nothing got no answer. */
  static Problem timeout(Service service) {
    return new Problem(
            504,
            "service-timeout",
            "The answer took too long",
            "the service %s did not answer in time".formatted(service.wire()))
        .with("service", service.wire());
  }

  /** What a client is told after the last attempt. */
  static Problem of(Failure failure, Service service, String method) {
    if (failure.mayHaveTakenEffect() && !RetryRules.isSafe(method)) {
      return outcomeUnknown(service);
    }
    return switch (failure) {
      case NOT_CONNECTED, BROKEN -> unavailable(service);
      case FULL -> full(service);
      case TIMED_OUT -> timeout(service);
    };
  }
}
