package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import org.jspecify.annotations.Nullable;

/**
 * A range of totals in one currency, bounds included.
 *
 * @param min the lowest total; absent if unbounded
 * @param max the highest total; absent if unbounded
 */
public record TotalRange(String currency, @Nullable Money min, @Nullable Money max) {

  public TotalRange {
    if (min != null && max != null && min.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "must be at most maxTotal, %s, was %s".formatted(max, min));
    }
  }

  public boolean covers(Money total) {
    return total.currency().equals(currency)
        && (min == null || total.compareTo(min) >= 0)
        && (max == null || total.compareTo(max) <= 0);
  }
}
