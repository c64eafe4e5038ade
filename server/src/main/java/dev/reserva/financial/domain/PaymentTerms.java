package dev.reserva.financial.domain;

import dev.reserva.contracts.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What never changes of a payment.
 *
 * @param id also the idempotency key with the provider
 * @param replaces the payment whose place this one takes
 */
public record PaymentTerms(
    UUID id,
    UUID orderId,
    UUID customerId,
    Money amount,
    PaymentChoice choice,
    @Nullable UUID replaces,
    Trail trail,
    Instant createdAt) {}
