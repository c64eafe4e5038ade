package dev.reserva.customers.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The erasure of a customer's personal data.
 *
 * @param erasedAt absent while an order of the customer is open
 */
public record Erasure(UUID customerId, Instant requestedAt, @Nullable Instant erasedAt) {}
