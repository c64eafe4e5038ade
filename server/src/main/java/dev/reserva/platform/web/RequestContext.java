package dev.reserva.platform.web;

import dev.reserva.messaging.Cause;
import dev.reserva.platform.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the request being answered, besides its body. A controller takes it as a
 * parameter.
 *
 * @param cause correlation and trace of the request, for the facts that it sets going
 * @param idempotency present when the request carries an {@code Idempotency-Key}
 */
public record RequestContext(Caller caller, Cause cause, @Nullable IdempotencyKey idempotency) {

  /** Of requests and of all answers. */
  public static final String CORRELATION_HEADER = "X-Correlation-Id";

  /**
   * The identity of a command that may be repeated.
   *
   * @param caller whose key it is: two callers' equal keys are different ones
   * @param key 1..255 characters
   * @param fingerprint SHA-256 over method, path and body
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // compared with Arrays.equals where it matters, never as a whole
  public record IdempotencyKey(String caller, String key, byte[] fingerprint) {

    public static final String HEADER = "Idempotency-Key";
    public static final int MAX_LENGTH = 255;
  }
}
