package dev.reserva.financial.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The cause of a payment or refund, kept so that facts published later carry it on.
 *
 * @param causationId the event it follows from; absent when a request asked for it
 */
public record Trail(
    String correlationId,
    @Nullable UUID causationId,
    @Nullable String traceparent,
    @Nullable String tracestate) {}
