package dev.reserva.platform.web;

import java.time.Duration;
import java.util.Collection;

/** The problems that the platform itself answers, independent of any service. */
public final class Problems {

  /** What a server needs to start again. */
  private static final Duration STOPPING = Duration.ofSeconds(5);

  private Problems() {}

  public static Problem unauthenticated() {
    return new Problem(
            401,
            "unauthenticated",
            "Authentication required",
            "this path needs a valid bearer token")
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
            "the bearer token is invalid or has expired")
        .withHeader("WWW-Authenticate", "Bearer error=\"%s\"".formatted(error));
  }

  public static Problem noSuchPath() {
    return new Problem(404, "not-found", "Not found", "there is nothing at this path");
  }

  public static Problem methodNotAllowed(String method, Collection<String> allowed) {
    return new Problem(
            405,
            "method-not-allowed",
            "Method not allowed",
            "this path does not support %s".formatted(method))
        .withHeader("Allow", String.join(", ", allowed));
  }

  /** 503: nothing was done, and it may be tried again. */
  public static Problem unavailable(String type, String detail, Duration retryAfter) {
    long seconds = Math.max(1, (retryAfter.toMillis() + 999) / 1000);
    return new Problem(503, type, "Temporarily unavailable", detail)
        .withHeader("Retry-After", Long.toString(seconds));
  }

  static Problem tooLarge(long limit) {
    return new Problem(
        413,
        "body-too-large",
        "The body is too large",
        "a body may have at most %d bytes".formatted(limit));
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
          new Problem(400, "invalid-request", "The request is not valid", "it is ill-formed");
      case 401 -> unauthenticated();
      case 403 -> Problem.forbidden("this is not allowed to you");
      case 404 -> noSuchPath();
      case 405 -> new Problem(405, "method-not-allowed", "Method not allowed", "not possible here");
      case 406 -> notAcceptable();
      case 408 ->
          new Problem(
              408, "timeout", "The request took too long", "the body did not arrive in time");
      case 413 -> new Problem(413, "body-too-large", "The body is too large", "it is too large");
      case 414 -> new Problem(414, "uri-too-long", "The address is too long", "it is too long");
      case 415 -> unsupported();
      case 431 ->
          new Problem(431, "headers-too-large", "The headers are too large", "they are too large");
      case 501 ->
          new Problem(501, "not-implemented", "Not implemented", "this is not HTTP as known here");
      case 505 ->
          new Problem(
              505,
              "http-version-not-supported",
              "HTTP version not supported",
              "the server supports HTTP/1.1");
      case 503 -> unavailable("unavailable", "the server is stopping", STOPPING);
      default -> status >= 500 || status < 400 ? unexpected() : generic(status);
    };
  }

  static Problem notAcceptable() {
    return new Problem(
        406, "not-acceptable", "Not acceptable", "answers are application/json only");
  }

  static Problem unsupported() {
    return new Problem(
            415,
            "unsupported-media-type",
            "Unsupported media type",
            "a body must be application/json")
        .withHeader("Accept", "application/json");
  }

  /** The header says that the content coding is not supported (RFC 9110, 15.5.16). */
  static Problem encoded() {
    return new Problem(
            415,
            "unsupported-media-type",
            "Unsupported media type",
            "a body must not have a content coding such as gzip")
        .withHeader("Accept-Encoding", "identity");
  }

  private static Problem generic(int status) {
    return new Problem(status, "refused", "The request was refused", "it cannot be answered");
  }
}
