package dev.reserva.platform.web;

import dev.reserva.messaging.Cause;
import dev.reserva.platform.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * The context of the current request, without its body. A controller takes it as a parameter.
 *
 * @param cause correlation and trace of the request, for the events that it causes
 * @param idempotency present if the request has an {@code Idempotency-Key}
 */
public record RequestContext(Caller caller, Cause cause, @Nullable IdempotencyKey idempotency) {

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
