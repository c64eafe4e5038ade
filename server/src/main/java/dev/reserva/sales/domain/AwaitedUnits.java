package dev.reserva.sales.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Units of a product that an order waits for.
 *
 * @param quantity 1 or more
 * @param expectedAt when the stock was expected at the time of the order
 */
public record AwaitedUnits(UUID productId, int quantity, @Nullable Instant expectedAt) {

  public AwaitedUnits {
    if (quantity < 1) {
      throw new IllegalArgumentException("quantity must be 1 or more, was " + quantity);
    }
  }
}
