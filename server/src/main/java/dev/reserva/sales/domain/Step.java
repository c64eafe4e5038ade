package dev.reserva.sales.domain;

import org.jspecify.annotations.Nullable;

/**
 * One step that an order took.
 *
 * @param from absent where the order begins
 * @param reason present when the order was cancelled or has failed
 */
public record Step(
    @Nullable OrderStatus from, OrderStatus to, @Nullable CancellationReason reason) {}
