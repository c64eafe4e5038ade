package dev.reserva.notifications.application;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of an order, for facts that do not name it completely.
 *
 * @param number by which people name the order; absent for orders that have none
 */
public record KnownOrder(UUID id, UUID customerId, @Nullable String number) {}
