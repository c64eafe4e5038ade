package dev.reserva.inventory.application;

import dev.reserva.inventory.application.Bookkeeping.OpenBook;
import dev.reserva.inventory.domain.CancelOutcome;
import dev.reserva.inventory.domain.ConfirmOutcome;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.ReserveOutcome;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Reserves stock when an order is submitted, confirms it when the order is paid, and gives it back
 * when the order is cancelled.
 *
 * <p>A step that was handled before changes nothing and publishes nothing, in whatever order the
 * steps are delivered again. The number of statements does not depend on the number of steps.
 */
public final class FollowOrders {

  private final Bookkeeping bookkeeping;
  private final TimeToLive ttl;

  public FollowOrders(Reservations reservations, Stocks stocks, Ids ids, TimeToLive ttl) {
    this.bookkeeping = new Bookkeeping(reservations, stocks, ids);
    this.ttl = ttl;
  }

  /**
   * @param steps in their order of publication
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
    OpenBook open = bookkeeping.forOrders(orders, products, tx);
    for (OrderStep step : steps) {
      switch (step) {
        case OrderStep.Submitted submitted -> reserve(submitted, open, tx);
        case OrderStep.Paid paid -> confirm(paid, open, tx);
        case OrderStep.Cancelled cancelled -> giveBack(cancelled, open, tx);
      }
    }
  }

  private void reserve(OrderStep.Submitted step, OpenBook open, UnitOfWork tx) {
    switch (open.book().reserve(step.orderId(), step.basket(), ttl, open.now())) {
      case ReserveOutcome.Reserved reserved ->
          StockFacts.reserved(reserved.reservation(), reserved.crossings(), step.cause(), tx);
      case ReserveOutcome.FellShort lacking ->
          StockFacts.insufficient(step.orderId(), lacking, step.cause(), tx);
      case ReserveOutcome.AlreadyKnown known -> {}
    }
  }

  private static void confirm(OrderStep.Paid step, OpenBook open, UnitOfWork tx) {
    switch (open.book().pay(step.orderId(), open.now())) {
      case ConfirmOutcome.Confirmed confirmed ->
          StockFacts.confirmed(confirmed.reservation(), confirmed.crossings(), step.cause(), tx);
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
