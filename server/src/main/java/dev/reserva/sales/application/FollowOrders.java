package dev.reserva.sales.application;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.sales.domain.Fact;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.Reservation;
import dev.reserva.sales.domain.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Moves orders when other services report facts about them. */
public final class FollowOrders {

  private final Orders orders;
  private final AwaitOrder waiting;

  /**
   * @param waiting receives the orders that are no longer under way
   */
  public FollowOrders(Orders orders, AwaitOrder waiting) {
    this.orders = orders;
    this.waiting = waiting;
  }

  /**
   * @param cause the cause of the events that follow from this fact
   */
  public record OrderFact(UUID orderId, Fact fact, Cause cause) {}

  /**
   * Applies facts in their order. A fact about an order that does not exist is skipped: a
   * reservation by hand may name any order.
   *
   * @throws Unprocessable when a fact contradicts what sales knows for certain
   */
  public void follow(List<OrderFact> facts, UnitOfWork tx) {
    var ids = new LinkedHashSet<UUID>();
    facts.forEach(reported -> ids.add(reported.orderId()));
    Supplier<Map<UUID, List<OrderLine>>> expected = orders.lines(nearTheirConfirmation(facts), tx);
    Map<UUID, Order> touched = orders.lock(ids, tx);
    if (touched.isEmpty()) {
      return;
    }
    Instant now = tx.now();
    Map<UUID, List<OrderLine>> lines = new HashMap<>(expected.get());
    lines.putAll(linesOfOthersThatMayBeConfirmed(touched, lines.keySet(), tx));
    var settled = new ArrayList<Order>();
    for (OrderFact reported : facts) {
      Order order = touched.get(reported.orderId());
      if (order != null
          && apply(order, reported, lines.getOrDefault(order.id(), List.of()), now, tx)) {
        settled.add(order);
      }
    }
    orders.save(touched.values(), tx);
    waiting.settledBy(settled, tx);
  }

  /**
   * @return whether the order took a step and is no longer under way
   */
  private static boolean apply(
      Order order, OrderFact reported, List<OrderLine> lines, Instant now, UnitOfWork tx) {
    order
        .contradiction(reported.fact())
        .ifPresent(why -> {
          throw new Unprocessable(why);
        });
    List<Step> steps = order.apply(reported.fact(), now);
    for (Step step : steps) {
      Announcements.step(order.state(), step, lines, reported.cause(), tx);
    }
    return !steps.isEmpty() && !order.status().isUnderWay();
  }

  /**
   * The orders that these facts normally confirm. A payment confirms its order when the stock is
   * confirmed in the same transaction. Only the event of a confirmed order carries its lines. The
   * lines are requested before the lock, so that they need no round trip of their own.
   */
  private static Set<UUID> nearTheirConfirmation(List<OrderFact> facts) {
    var ids = new LinkedHashSet<UUID>();
    for (OrderFact reported : facts) {
      if (reported.fact() instanceof Fact.StockConfirmed
          || reported.fact() instanceof Fact.PaymentApproved) {
        ids.add(reported.orderId());
      }
    }
    return ids;
  }

  /** Any fact may confirm an order whose reservation was confirmed by hand. */
  private Map<UUID, List<OrderLine>> linesOfOthersThatMayBeConfirmed(
      Map<UUID, Order> touched, Set<UUID> known, UnitOfWork tx) {
    List<UUID> ids =
        touched.values().stream()
            .filter(order -> order.status().isUnderWay() && isHeldForGood(order))
            .map(Order::id)
            .filter(id -> !known.contains(id))
            .toList();
    return orders.lines(ids, tx).get();
  }

  private static boolean isHeldForGood(Order order) {
    Reservation known = order.state().reservation();
    return known != null && known.status() == Reservation.Status.CONFIRMED;
  }
}
