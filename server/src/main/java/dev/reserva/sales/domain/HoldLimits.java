package dev.reserva.sales.domain;

import java.time.Duration;

/**
 * How much stock a customer's own login may hold without paying for it.
 *
 * @param openOrders most orders at a time that are submitted and not paid
 * @param unitsPerProduct most units of one product in those orders
 * @param givenUpPerHour most orders placed within an hour that were {@linkplain
 *     CancellationReason#isGivingUp given up}; the next order would renew what they held
 */
public record HoldLimits(int openOrders, int unitsPerProduct, int givenUpPerHour) {

  public static final Duration HOUR = Duration.ofHours(1);

  public HoldLimits {
    require("openOrders", openOrders, 0);
    require("unitsPerProduct", unitsPerProduct, 1);
    require("givenUpPerHour", givenUpPerHour, 1);
  }

  private static void require(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, was %d".formatted(name, least, value));
    }
  }
}
