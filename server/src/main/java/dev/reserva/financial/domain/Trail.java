package dev.reserva.financial.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What set a payment or refund going, kept so that facts found out later carry it on.
 *
 * @param causationId the event it follows from; absent when a request asked for it
 */
public record Trail(
    String correlationId,
    @Nullable UUID causationId,
    @Nullable String traceparent,
    @Nullable String tracestate) {}
