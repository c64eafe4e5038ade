package dev.reserva.customers.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.customers.domain.Erasure;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An erasure of a customer's personal data, as the API shows it.
 *
 * @param erasedAt absent while an order of the customer is open
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CustomerErasureView(UUID customerId, Instant requestedAt, @Nullable Instant erasedAt) {
  static CustomerErasureView of(Erasure erasure) {
    return new CustomerErasureView(erasure.customerId(), erasure.requestedAt(), erasure.erasedAt());
  }
}
