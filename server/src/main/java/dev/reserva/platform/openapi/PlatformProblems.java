package dev.reserva.platform.openapi;

import dev.reserva.platform.web.Problem.InputError;
import java.util.ArrayList;
import java.util.List;

/** The platform's own problems that an operation may answer. */
final class PlatformProblems {

  /**
   * A problem that may be answered.
   *
   * @param type last segment of its URI
   * @param when the condition, as a clause
   * @param with a record of the type's own members; {@code Void} if it has none
   */
  record Refusal(int status, String type, String when, Class<?> with) {
    Refusal(int status, String type, String when) {
      this(status, type, when, Void.class);
    }

    static Refusal of(Refuses told) {
      return new Refusal(told.status(), told.type(), told.when(), told.with());
    }
  }

  /** The errors of a request. */
  record Errors(List<InputError> errors) {}

  /** The service that a gateway got no answer from. */
  record Unanswering(String service) {}

  private PlatformProblems() {}

  static List<Refusal> of(Handler handler) {
    List<Refusal> refusals = new ArrayList<>();
    refusals.add(
        new Refusal(
            400, "invalid-request", "the request is unreadable or ill-formed", Errors.class));
    if (!handler.isOpen()) {
      refusals.add(new Refusal(401, "unauthenticated", "there is no token, or it is not valid"));
      refusals.add(new Refusal(403, "forbidden", "the caller may not do this"));
      refusals.add(
          new Refusal(
              403,
              "second-factor-enrolment-required",
              "the caller must set up a second factor first"));
      refusals.add(
          new Refusal(503, "issuer-unavailable", "the issuer of the token cannot be reached"));
    }
    if (handler.hasPathVariables()) {
      refusals.add(
          new Refusal(
              404, "not-found", "the resource does not exist, or the caller may not see it"));
    }
    refusals.add(new Refusal(406, "not-acceptable", "`Accept` is unreadable or excludes JSON"));
    if (handler.mayHaveBody()) {
      refusals.add(new Refusal(408, "timeout", "the body does not arrive in time"));
      refusals.add(new Refusal(413, "body-too-large", "the body is larger than the path allows"));
    }
    if (handler.isCommand()) {
      refusals.add(
          new Refusal(
              409, "idempotency-key-in-use", "the first request with this key has not finished"));
      refusals.add(
          new Refusal(
              422,
              "idempotency-key-reused",
              "the first request with this key had another path or body"));
      refusals.add(
          new Refusal(
              504,
              "outcome-unknown",
              "the database connection broke during the commit, or a gateway lost the answer of the service; the change may have been made"));
    }
    if (handler.takesIfMatch()) {
      refusals.add(new Refusal(412, "stale-version", "`If-Match` does not name the current tag"));
    }
    refusals.add(
        new Refusal(415, "unsupported-media-type", "`Content-Type` is not application/json"));
    refusals.add(
        new Refusal(
            429, "too-many-requests", "the caller, or its address, has used up its budget"));
    refusals.add(new Refusal(500, "internal-error", "the server has a fault"));
    refusals.add(new Refusal(503, "unavailable", "the database is down, or the server stops"));
    refusals.add(new Refusal(503, "overloaded", "too many requests wait"));
    refusals.add(
        new Refusal(
            503,
            "service-unavailable",
            "a gateway cannot reach the service, and nothing was done",
            Unanswering.class));
    refusals.add(
        new Refusal(
            504,
            "service-timeout",
            "a gateway got no answer in time to a request that changes nothing",
            Unanswering.class));
    return refusals;
  }

  /** The problems that the HTTP server answers before it selects an operation. */
  static List<Refusal> ofTheServer() {
    return List.of(
        new Refusal(405, "method-not-allowed", "the path has no such method"),
        new Refusal(414, "uri-too-long", "the address is too long"),
        new Refusal(431, "headers-too-large", "the headers are larger than 16 KiB"),
        new Refusal(501, "not-implemented", "the server does not know this HTTP method or feature"),
        new Refusal(505, "http-version-not-supported", "it is not HTTP/1.1"));
  }
}
