package dev.reserva.inventory.application;

import dev.reserva.inventory.application.Bookkeeping.OpenBook;
import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.inventory.domain.CancelOutcome;
import dev.reserva.inventory.domain.ConfirmOutcome;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.ReserveOutcome;
import dev.reserva.inventory.domain.Return;
import dev.reserva.inventory.domain.TakeBackOutcome;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Reserves stock when an order is submitted, confirms it when the order is paid, gives it back when
 * the order is cancelled, and takes back what the buyer returns.
 *
 * <p>A step that was handled before changes nothing and publishes nothing, in whatever order the
 * steps are delivered again. The number of statements does not depend on the number of steps.
 */
public final class FollowOrders {

  private final Bookkeeping bookkeeping;
  private final AllocationStrategy strategy;
  private final Returns returns;
  private final TimeToLive ttl;
  private final Duration longestWait;

  /**
   * @param strategy chooses the locations that hold an order's stock
   * @param longestWait how long a paid order may wait for stock
   */
  public FollowOrders(
      Reservations reservations,
      Stocks stocks,
      Returns returns,
      Ids ids,
      AllocationStrategy strategy,
      TimeToLive ttl,
      Duration longestWait) {
    this.bookkeeping = new Bookkeeping(reservations, stocks, ids);
    this.returns = returns;
    this.strategy = strategy;
    this.ttl = ttl;
    this.longestWait = longestWait;
  }

  /**
   * @param steps in their order of publication
   * @throws Unprocessable when goods come back that their order does not have
   */
  public void follow(List<OrderStep> steps, UnitOfWork tx) {
    Set<UUID> orders = new HashSet<>();
    Set<UUID> products = new HashSet<>();
    for (OrderStep step : steps) {
      orders.add(step.orderId());
      if (step instanceof OrderStep.Submitted submitted) {
        submitted.basket().lines().stream().map(Line::productId).forEach(products::add);
      }
    }
    bookkeeping.open(destinations(steps), tx);
    OpenBook open = bookkeeping.forOrders(orders, products, tx);
    for (OrderStep step : steps) {
      switch (step) {
        case OrderStep.Submitted submitted -> reserve(submitted, open, tx);
        case OrderStep.Paid paid -> confirm(paid, open, tx);
        case OrderStep.Cancelled cancelled -> giveBack(cancelled, open, tx);
        case OrderStep.Returned _ -> {
          // Below: a return follows all other steps of its order.
        }
      }
    }
    takeBack(steps, open, tx);
  }

  /** Where goods come back that are stock again. */
  private static Map<LocationCode, Set<UUID>> destinations(List<OrderStep> steps) {
    Map<LocationCode, Set<UUID>> shelves = new HashMap<>();
    for (OrderStep step : steps) {
      if (step instanceof OrderStep.Returned returned && returned.goods().restock()) {
        Set<UUID> products =
            shelves.computeIfAbsent(returned.goods().location(), _ -> new HashSet<>());
        returned.goods().lines().forEach(line -> products.add(line.productId()));
      }
    }
    return shelves;
  }

  private void takeBack(List<OrderStep> steps, OpenBook open, UnitOfWork tx) {
    List<OrderStep.Returned> returned =
        steps.stream()
            .filter(OrderStep.Returned.class::isInstance)
            .map(OrderStep.Returned.class::cast)
            .toList();
    if (returned.isEmpty()) {
      return;
    }
    List<Return> known =
        new ArrayList<>(
            returns.ofOrders(returned.stream().map(OrderStep::orderId).distinct().toList(), tx));
    List<Return> fresh = new ArrayList<>();
    for (OrderStep.Returned step : returned) {
      List<Return> earlier =
          known.stream().filter(other -> other.orderId().equals(step.orderId())).toList();
      switch (open.book().takeBack(step.goods(), earlier)) {
        case TakeBackOutcome.TakenBack back -> {
          known.add(back.goods());
          fresh.add(back.goods());
          StockFacts.takenBack(back, step.cause(), tx);
        }
        case TakeBackOutcome.TakenBackBefore _ -> {}
        case TakeBackOutcome.Impossible(var why) -> throw new Unprocessable(why);
      }
    }
    if (!fresh.isEmpty()) {
      returns.add(fresh, open.now(), tx);
    }
  }

  private void reserve(OrderStep.Submitted step, OpenBook open, UnitOfWork tx) {
    switch (open.book().reserveOrWait(step.orderId(), step.basket(), strategy, ttl, open.now())) {
      case ReserveOutcome.Reserved reserved ->
          StockFacts.reserved(reserved.reservation(), reserved.crossings(), step.cause(), tx);
      case ReserveOutcome.FellShort lacking ->
          StockFacts.insufficient(step.orderId(), lacking, step.cause(), tx);
      case ReserveOutcome.AlreadyKnown known -> {}
    }
  }

  private void confirm(OrderStep.Paid step, OpenBook open, UnitOfWork tx) {
    switch (open.book().pay(step.orderId(), longestWait, open.now())) {
      case ConfirmOutcome.Confirmed confirmed ->
          StockFacts.confirmed(confirmed.reservation(), confirmed.crossings(), step.cause(), tx);
      case ConfirmOutcome.Waits waits -> StockFacts.extended(waits.reservation(), step.cause(), tx);
      case ConfirmOutcome.Failed failed ->
          StockFacts.confirmationFailed(step.orderId(), failed.shortages(), step.cause(), tx);
      case ConfirmOutcome.AlreadySettled settled -> {}
    }
  }

  private static void giveBack(OrderStep.Cancelled step, OpenBook open, UnitOfWork tx) {
    switch (open.book().cancel(step.orderId(), open.now())) {
      case CancelOutcome.GivenBack back ->
          StockFacts.released(back.reservation(), "cancelled", step.cause(), tx);
      case CancelOutcome.Returned returned ->
          StockFacts.returned(returned, step.reason(), step.cause(), tx);
      case CancelOutcome.NothingHeld nothing -> {}
    }
  }
}
