package dev.reserva.sales.domain;

import org.jspecify.annotations.Nullable;

/**
 * One step that an order took.
 *
 * @param from absent where the order begins
 * @param reason present when the order died
 */
public record Step(
    @Nullable OrderStatus from, OrderStatus to, @Nullable CancellationReason reason) {}
