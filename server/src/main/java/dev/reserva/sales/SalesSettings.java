package dev.reserva.sales;

import dev.reserva.platform.settings.Allowed;
import dev.reserva.sales.domain.HoldLimits;
import dev.reserva.sales.domain.TaxMode;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.sales.*}
 *
 * @param deadlines how long an order may wait for an answer
 * @param placing how orders are placed together
 * @param limits how much stock a customer's own login may hold without paying
 * @param catchUp how long an order for an unknown product or customer waits for events that are on
 *     their way
 * @param maxWaiting most callers with {@code Prefer: wait} at a time; one more is answered at once
 * @param pricesIncludeTax whether the prices of products contain the tax, or it is added to them;
 *     orders that are placed already keep their amounts
 */
@ConfigurationProperties("reserva.sales")
public record SalesSettings(
    @DefaultValue DeadlineSettings deadlines,
    @DefaultValue PlacingSettings placing,
    @DefaultValue LimitSettings limits,
    @DefaultValue("2s") Duration catchUp,
    @DefaultValue("1000") int maxWaiting,
    @DefaultValue("true") boolean pricesIncludeTax) {

  public SalesSettings {
    Allowed.range("reserva.sales.catch-up", catchUp, Duration.ZERO, Duration.ofSeconds(30));
    Allowed.atLeast("reserva.sales.max-waiting", maxWaiting, 0);
  }

  TaxMode taxMode() {
    return TaxMode.ofIncluded(pricesIncludeTax);
  }

  /**
   * {@code reserva.sales.deadlines.*}: an order that does not change for that long becomes FAILED.
   * A draft is deleted.
   *
   * @param draft for the buyer to change or submit a draft
   * @param pending for inventory to reserve the order's lines
   * @param pendingPayment for the payment; the reservation expires after 15 minutes, so an order is
   *     normally cancelled before
   * @param paid for inventory to confirm the reservation
   * @param interval pause between two searches for late orders and expired drafts
   * @param startGrace a process fails no order for that long after its start, because no service
   *     could answer while all of them were down
   */
  public record DeadlineSettings(
      @DefaultValue("7d") Duration draft,
      @DefaultValue("20m") Duration pending,
      @DefaultValue("20m") Duration pendingPayment,
      @DefaultValue("20m") Duration paid,
      @DefaultValue("5s") Duration interval,
      @DefaultValue("1m") Duration startGrace) {

    private static final Duration LONGEST = Duration.ofDays(30);

    public DeadlineSettings {
      Duration least = Duration.ofMillis(10);
      Allowed.range("reserva.sales.deadlines.draft", draft, least, Duration.ofDays(366));
      Allowed.range("reserva.sales.deadlines.pending", pending, least, LONGEST);
      Allowed.range("reserva.sales.deadlines.pending-payment", pendingPayment, least, LONGEST);
      Allowed.range("reserva.sales.deadlines.paid", paid, least, LONGEST);
      Allowed.range("reserva.sales.deadlines.interval", interval, least, Duration.ofDays(1));
      Allowed.range(
          "reserva.sales.deadlines.start-grace", startGrace, Duration.ZERO, Duration.ofDays(1));
    }
  }

  /**
   * {@code reserva.sales.placing.*}
   *
   * @param maxGroup most orders placed in one transaction
   * @param minWaiting number of orders that may always wait to be placed, whatever wait is expected
   * @param maxWaiting most orders that wait to be placed
   * @param maxWait an order that is expected to wait longer to be placed is answered 503
   */
  public record PlacingSettings(
      @DefaultValue("500") int maxGroup,
      @DefaultValue("128") int minWaiting,
      @DefaultValue("1000") int maxWaiting,
      @DefaultValue("250ms") Duration maxWait) {

    public PlacingSettings {
      Allowed.range("reserva.sales.placing.max-group", maxGroup, 1, 10_000);
      Allowed.range("reserva.sales.placing.min-waiting", minWaiting, 1, 100_000);
      Allowed.range("reserva.sales.placing.max-waiting", maxWaiting, 1, 100_000);
      Allowed.range(
          "reserva.sales.placing.max-wait", maxWait, Duration.ofMillis(1), Duration.ofHours(1));
    }
  }

  /**
   * {@code reserva.sales.limits.*}: for orders that a customer's own login places. Orders of staff
   * and machine clients are not limited.
   *
   * @param openOrders most orders at a time that are not paid
   * @param unitsPerProduct most units of one product in those orders
   * @param givenUpPerHour most orders of an hour that expired, were not paid or were cancelled by
   *     the customer
   * @param unverified of customers whose e-mail address is not verified
   */
  public record LimitSettings(
      @DefaultValue("10") int openOrders,
      @DefaultValue("1000") int unitsPerProduct,
      @DefaultValue("10") int givenUpPerHour,
      @DefaultValue UnverifiedSettings unverified) {

    public LimitSettings {
      check("reserva.sales.limits.", openOrders, unitsPerProduct, givenUpPerHour);
    }

    HoldLimits toLimits() {
      return new HoldLimits(openOrders, unitsPerProduct, givenUpPerHour);
    }

    private static void check(String prefix, int orders, int units, int givenUp) {
      Allowed.range(prefix + "open-orders", orders, 0, 10_000);
      Allowed.range(prefix + "units-per-product", units, 1, 1_000_000_000);
      Allowed.range(prefix + "given-up-per-hour", givenUp, 1, 10_000);
    }
  }

  /**
   * {@code reserva.sales.limits.unverified.*}
   *
   * @param openOrders most orders at a time that are not paid
   * @param unitsPerProduct most units of one product in those orders
   * @param givenUpPerHour most orders of an hour that expired, were not paid or were cancelled by
   *     the customer
   */
  public record UnverifiedSettings(
      @DefaultValue("3") int openOrders,
      @DefaultValue("20") int unitsPerProduct,
      @DefaultValue("5") int givenUpPerHour) {

    public UnverifiedSettings {
      LimitSettings.check(
          "reserva.sales.limits.unverified.", openOrders, unitsPerProduct, givenUpPerHour);
    }

    HoldLimits toLimits() {
      return new HoldLimits(openOrders, unitsPerProduct, givenUpPerHour);
    }
  }
}
