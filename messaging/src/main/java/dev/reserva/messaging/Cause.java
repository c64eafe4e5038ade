package dev.reserva.messaging;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a fact: its request, and the event that caused it unless it is the first of the
 * request.
 *
 * @param correlationId 1..{@value #MAX_CORRELATION_LENGTH} characters
 * @param causationId the causing event, absent for the first
 * @param traceparent W3C trace context, passed on untouched
 * @param tracestate W3C trace state, passed on untouched
 */
public record Cause(
    String correlationId,
    @Nullable UUID causationId,
    @Nullable String traceparent,
    @Nullable String tracestate) {

  public static final int MAX_CORRELATION_LENGTH = 128;

  public Cause {
    if (correlationId.isEmpty() || correlationId.length() > MAX_CORRELATION_LENGTH) {
      throw new IllegalArgumentException(
          "correlationId must have 1..%d characters, had %d"
              .formatted(MAX_CORRELATION_LENGTH, correlationId.length()));
    }
  }

  /** The cause of a first fact: no event caused it, and no trace is known. */
  public static Cause of(String correlationId) {
    return new Cause(correlationId, null, null, null);
  }
}
