package dev.reserva.sales.application;

import static java.util.Objects.requireNonNull;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.HoldLimits;
import dev.reserva.sales.domain.UnpaidHolds;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Limits how much stock a customer's own login holds without paying. Orders that staff or machine
 * clients place are neither counted nor limited, and cost nothing here.
 *
 * <p>The customer is locked before anything is counted, so that orders placed at once, here or in
 * another process, cannot pass a limit together.
 */
public final class LimitHolds {

  private final Orders orders;
  private final Customers customers;
  private final Limits limits;

  /**
   * @param verified of customers whose e-mail address is verified
   * @param unverified of the others
   */
  public record Limits(HoldLimits verified, HoldLimits unverified) {

    HoldLimits of(boolean isVerified) {
      return isVerified ? verified : unverified;
    }

    int mostGivenUp() {
      return Math.max(verified.givenUpPerHour(), unverified.givenUpPerHour());
    }
  }

  public LimitHolds(Orders orders, Customers customers, Limits limits) {
    this.orders = orders;
    this.customers = customers;
    this.limits = limits;
  }

  /**
   * Locks customers until the transaction ends, with its next statement. No order may be locked
   * before.
   *
   * @return whether each is verified; unknown customers are left out
   */
  Supplier<Map<UUID, Boolean>> lock(Collection<UUID> buyers, UnitOfWork tx) {
    return buyers.isEmpty() ? Map::of : customers.lock(buyers, tx);
  }

  /**
   * Counts what locked customers hold.
   *
   * @param verified as {@link #lock} said
   * @param products those that are asked for
   * @param now read after the lock
   */
  Map<UUID, UnpaidHolds> count(
      Map<UUID, Boolean> verified, Collection<UUID> products, Instant now, UnitOfWork tx) {
    if (verified.isEmpty()) {
      return Map.of();
    }
    Map<UUID, Orders.Unpaid> found =
        orders.unpaid(
            verified.keySet(), products, now.minus(HoldLimits.HOUR), limits.mostGivenUp(), tx);
    var holds = new LinkedHashMap<UUID, UnpaidHolds>();
    verified.forEach((customer, isVerified) -> {
      Orders.Unpaid unpaid = requireNonNull(found.get(customer), "one for each customer");
      holds.put(
          customer,
          new UnpaidHolds(
              limits.of(isVerified), unpaid.orders(), unpaid.units(), unpaid.givenUp(), now));
    });
    return holds;
  }
}
