package dev.reserva.inventory.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Units of a product that an order waits for. They are sold against no stock.
 *
 * @param quantity 1 or more
 * @param expectedAt when the stock was expected at the time of the order
 */
public record Awaited(UUID productId, int quantity, @Nullable Instant expectedAt) {

  public Awaited {
    if (quantity < 1) {
      throw new IllegalArgumentException("quantity must be 1 or more, was " + quantity);
    }
  }
}
