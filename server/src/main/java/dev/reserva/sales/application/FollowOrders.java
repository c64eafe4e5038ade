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

/** Moves orders by what other services report about them. */
public final class FollowOrders {

  private final Orders orders;
  private final AwaitOrder waiting;

  /**
   * @param waiting told of orders that are no longer under way
   */
  public FollowOrders(Orders orders, AwaitOrder waiting) {
    this.orders = orders;
    this.waiting = waiting;
  }

  /**
   * @param cause cause of the facts that follow from this one
   */
  public record Heard(UUID orderId, Fact fact, Cause cause) {}

  /**
   * Applies facts in their order. A fact about an order that does not exist is skipped: a
   * reservation by hand may name any order.
   *
   * @throws Unprocessable when a fact contradicts what sales knows for certain
   */
  public void hear(List<Heard> facts, UnitOfWork tx) {
    var ids = new LinkedHashSet<UUID>();
    facts.forEach(heard -> ids.add(heard.orderId()));
    Supplier<Map<UUID, List<OrderLine>>> expected = orders.lines(nearTheirConfirmation(facts), tx);
    Map<UUID, Order> touched = orders.lock(ids, tx);
    if (touched.isEmpty()) {
      return;
    }
    Instant now = tx.now();
    Map<UUID, List<OrderLine>> lines = new HashMap<>(expected.get());
    lines.putAll(linesOfOthersThatMayBeConfirmed(touched, lines.keySet(), tx));
    var settled = new ArrayList<Order>();
    for (Heard heard : facts) {
      Order order = touched.get(heard.orderId());
      if (order != null && hear(order, heard, lines.getOrDefault(order.id(), List.of()), now, tx)) {
        settled.add(order);
      }
    }
    orders.save(touched.values(), tx);
    waiting.settledBy(settled, tx);
  }

  /**
   * @return whether the order took a step and is no longer under way
   */
  private static boolean hear(
      Order order, Heard heard, List<OrderLine> lines, Instant now, UnitOfWork tx) {
    order
        .contradiction(heard.fact())
        .ifPresent(why -> {
          throw new Unprocessable(why);
        });
    List<Step> steps = order.hear(heard.fact(), now);
    for (Step step : steps) {
      Announcements.step(order.state(), step, lines, heard.cause(), tx);
    }
    return !steps.isEmpty() && !order.status().isUnderWay();
  }

  /**
   * The orders that these facts normally confirm; a payment does so by way of the stock's
   * confirmation in the same transaction. Only the event of a confirmed order carries its lines.
   * Asked for before the lock, the lines take no round trip of their own.
   */
  private static Set<UUID> nearTheirConfirmation(List<Heard> facts) {
    var ids = new LinkedHashSet<UUID>();
    for (Heard heard : facts) {
      if (heard.fact() instanceof Fact.StockConfirmed
          || heard.fact() instanceof Fact.PaymentApproved) {
        ids.add(heard.orderId());
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
