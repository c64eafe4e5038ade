package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import org.jspecify.annotations.Nullable;

/**
 * The totals from one to another, both included, in one currency.
 *
 * @param min the lowest; absent for any
 * @param max the highest; absent for any
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
