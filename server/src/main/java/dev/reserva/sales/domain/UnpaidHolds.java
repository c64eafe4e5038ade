package dev.reserva.sales.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What one customer's own login holds without having paid, and whether it may hold more.
 *
 * <p>Belongs to one transaction, which has locked the customer.
 */
public final class UnpaidHolds {

  private final HoldLimits limits;
  private final Map<UUID, Long> units;
  private final List<Instant> givenUp;
  private final Instant now;
  private int orders;

  /**
   * @param orders open orders that are not paid
   * @param units in those orders, by product; at least of the products that are asked for
   * @param givenUp when the orders were placed that were given up, newest first; at least as many
   *     as the limit, if there are so many within the last hour
   */
  public UnpaidHolds(
      HoldLimits limits, int orders, Map<UUID, Long> units, List<Instant> givenUp, Instant now) {
    this.limits = limits;
    this.orders = orders;
    this.units = new HashMap<>(units);
    this.givenUp = List.copyOf(givenUp);
    this.now = now;
  }

  /** Whether one more order may be placed. */
  public sealed interface Decision {}

  /** It may, and counts from now on. */
  public record Admitted() implements Decision {}

  /** It may not; nothing changes. */
  public sealed interface Excess extends Decision {}

  /** Too many orders are not paid yet. */
  public record TooManyOrders(int open, int limit) implements Excess {}

  /**
   * Too many units of a product would be held without payment.
   *
   * @param held units in the orders that are not paid yet
   */
  public record TooManyUnits(OrderLine line, long held, int limit) implements Excess {}

  /**
   * Too many orders of the last hour were given up.
   *
   * @param retryAfter until the next order is possible, more than 0
   */
  public record TooManyGivenUp(int limit, Duration retryAfter) implements Excess {}

  /**
   * Decides about one more order, and counts it if it is admitted.
   *
   * @param lines one per product
   */
  public Decision admit(List<OrderLine> lines) {
    if (orders >= limits.openOrders()) {
      return new TooManyOrders(orders, limits.openOrders());
    }
    for (OrderLine line : lines) {
      long held = units.getOrDefault(line.productId(), 0L);
      if (held + line.quantity().value() > limits.unitsPerProduct()) {
        return new TooManyUnits(line, held, limits.unitsPerProduct());
      }
    }
    if (givenUp.size() >= limits.givenUpPerHour()) {
      Instant oldest = givenUp.get(limits.givenUpPerHour() - 1);
      Duration retryAfter = Duration.between(now, oldest.plus(HoldLimits.HOUR));
      if (retryAfter.isPositive()) {
        return new TooManyGivenUp(limits.givenUpPerHour(), retryAfter);
      }
    }
    orders++;
    lines.forEach(line -> units.merge(line.productId(), (long) line.quantity().value(), Long::sum));
    return new Admitted();
  }
}
