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
 * @param triesLeft how many more payments the buyer may try to pay the order with if this one
 *     fails, at least 0
 */
public record PaymentTerms(
    UUID id,
    UUID orderId,
    UUID customerId,
    Money amount,
    PaymentChoice choice,
    @Nullable UUID replaces,
    int triesLeft,
    Trail trail,
    Instant createdAt) {

  public PaymentTerms {
    if (triesLeft < 0) {
      throw new IllegalArgumentException("triesLeft must be at least 0, was " + triesLeft);
    }
  }
}
