package dev.reserva.platform.web;

import dev.reserva.messaging.Cause;
import dev.reserva.platform.audit.Actor;
import dev.reserva.platform.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * The context of the current request, without its body. A controller takes it as a parameter.
 *
 * @param cause correlation and trace of the request, for the events that it causes
 * @param idempotency present if the request has an {@code Idempotency-Key}
 * @param origin where the request came from and what it is for
 */
public record RequestContext(
    Caller caller, Cause cause, @Nullable IdempotencyKey idempotency, Origin origin) {

  /** A request of no client, as a test makes it. */
  public RequestContext(Caller caller, Cause cause, @Nullable IdempotencyKey idempotency) {
    this(caller, cause, idempotency, new Origin("", "", "", null));
  }

  /**
   * @param address network address of the client
   * @param pattern of the route, such as {@code /api/orders/{id}}
   * @param subject the first variable of the path, if it has one
   */
  public record Origin(String address, String method, String pattern, @Nullable String subject) {}

  /** The caller as the audit trail names it. */
  public Actor actor() {
    return Actor.of(caller, origin.address());
  }

  /** The header of requests and of all answers. */
  public static final String CORRELATION_HEADER = "X-Correlation-Id";

  /**
   * The identity of a command that may be repeated.
   *
   * @param caller the owner of the key; equal keys of two callers are different keys
   * @param key 1..255 characters
   * @param fingerprint SHA-256 over method, path and body
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // fingerprints are compared with Arrays.equals, records never
  public record IdempotencyKey(String caller, String key, byte[] fingerprint) {

    public static final String HEADER = "Idempotency-Key";
    public static final int MAX_LENGTH = 255;
  }
}
