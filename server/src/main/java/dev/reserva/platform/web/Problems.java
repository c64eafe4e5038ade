package dev.reserva.platform.web;

import java.time.Duration;
import java.util.Collection;

/** The problems that the platform itself answers, independent of any service. */
public final class Problems {

  /** What a server needs to start again. */
  private static final Duration STOPPING = Duration.ofSeconds(5);

  /** How soon a request may succeed that came before the events it needs. */
  private static final Duration CATCHING_UP = Duration.ofSeconds(1);

  private Problems() {}

  public static Problem unauthenticated() {
    return new Problem(
            401,
            "unauthenticated",
            "Authentication required",
            "a bearer token is required, such as the accessToken that POST /api/auth/token answers")
        .withHeader("WWW-Authenticate", "Bearer");
  }

  /**
   * 401: a token came with the request and was refused.
   *
   * @param error of RFC 6750, 3.1, such as {@code invalid_token}
   */
  public static Problem tokenRefused(String error) {
    return new Problem(
            401,
            "unauthenticated",
            "Authentication required",
            "the bearer token is not valid, has expired or was revoked; POST /api/auth/refresh and POST"
                + " /api/auth/token answer with a new one")
        .withHeader("WWW-Authenticate", "Bearer error=\"%s\"".formatted(error));
  }

  public static Problem noSuchPath() {
    return new Problem(
        404,
        "not-found",
        "Not found",
        "there is nothing at this path; GET /openapi.json lists the paths");
  }

  public static Problem methodNotAllowed(String method, Collection<String> allowed) {
    return new Problem(
            405,
            "method-not-allowed",
            "Method not allowed",
            "the method must be one of %s, was %s".formatted(String.join(", ", allowed), method))
        .withHeader("Allow", String.join(", ", allowed));
  }

  /** 503: nothing was done, and it may be tried again. */
  public static Problem unavailable(String type, String detail, Duration retryAfter) {
    long seconds = Math.max(1, (retryAfter.toMillis() + 999) / 1000);
    return new Problem(503, type, "Temporarily unavailable", detail)
        .withHeader("Retry-After", Long.toString(seconds));
  }

  /**
   * 503: what the request names is not known here, but events that may announce it have not been
   * handled yet.
   *
   * @param what such as {@code a product}
   */
  public static Problem catchingUp(String what) {
    return unavailable(
        "catching-up",
        "%s of the request is not known yet, but may be in a moment: events are still to be handled"
            .formatted(what),
        CATCHING_UP);
  }

  static Problem tooLarge(long limit) {
    return new Problem(
        413,
        "body-too-large",
        "The body is too large",
        "the body must have at most %d bytes".formatted(limit));
  }

  static Problem unexpected() {
    return new Problem(
        500,
        "internal-error",
        "Internal server error",
        "the server has a fault; find its cause in the logs by traceId");
  }

  /** For an error of the container or the framework, of which only the status is known. */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 400 ->
          new Problem(
              400,
              "invalid-request",
              "The request is not valid",
              "the request must be valid HTTP/1.1");
      case 401 -> unauthenticated();
      case 403 -> Problem.forbidden("the roles of the token do not allow this");
      case 404 -> noSuchPath();
      case 405 ->
          new Problem(
              405,
              "method-not-allowed",
              "Method not allowed",
              "this path does not have this method");
      case 406 -> notAcceptable();
      case 408 ->
          new Problem(
              408, "timeout", "The request took too long", "the body did not arrive in time");
      case 413 -> tooLarge(BodyFilter.MAX_BYTES);
      case 414 ->
          new Problem(
              414,
              "uri-too-long",
              "The address is too long",
              "path and query are longer than this server accepts");
      case 415 -> unsupported();
      case 431 ->
          new Problem(
              431,
              "headers-too-large",
              "The headers are too large",
              "all headers together are larger than this server accepts");
      case 501 ->
          new Problem(
              501,
              "not-implemented",
              "Not implemented",
              "the method or transfer coding is not one of HTTP/1.1");
      case 505 ->
          new Problem(
              505,
              "http-version-not-supported",
              "HTTP version not supported",
              "the version must be HTTP/1.1");
      case 503 ->
          unavailable("unavailable", "the server is stopping, and nothing was done", STOPPING);
      default -> status >= 500 || status < 400 ? unexpected() : generic(status);
    };
  }

  static Problem notAcceptable() {
    return new Problem(
        406,
        "not-acceptable",
        "Not acceptable",
        "Accept must be a list of media types with that of the answer, such as application/json");
  }

  static Problem unsupported() {
    return new Problem(
            415,
            "unsupported-media-type",
            "Unsupported media type",
            "Content-Type must be application/json in UTF-8")
        .withHeader("Accept", "application/json");
  }

  /** The header says that the content coding is not supported (RFC 9110, 15.5.16). */
  static Problem encoded() {
    return new Problem(
            415,
            "unsupported-media-type",
            "Unsupported media type",
            "Content-Encoding must be identity; a body must not be compressed")
        .withHeader("Accept-Encoding", "identity");
  }

  private static Problem generic(int status) {
    return new Problem(
        status, "refused", "The request was refused", "the request cannot be answered");
  }
}
