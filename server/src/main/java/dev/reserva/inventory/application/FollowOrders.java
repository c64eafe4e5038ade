package dev.reserva.inventory.application;

import dev.reserva.inventory.application.Bookkeeping.OpenBook;
import dev.reserva.inventory.domain.Cancelling;
import dev.reserva.inventory.domain.Confirming;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.Reserving;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Lets stock follow the orders: reserved when one is submitted, confirmed when it is paid, given
 * back when it is cancelled.
 *
 * <p>Steps that were followed before change nothing and publish nothing, in whatever order they
 * come again. However many steps there are, the number of statements stays the same.
 */
public final class FollowOrders {

  private final Bookkeeping bookkeeping;
  private final TimeToLive ttl;

  public FollowOrders(Reservations reservations, Stocks stocks, Ids ids, TimeToLive ttl) {
    this.bookkeeping = new Bookkeeping(reservations, stocks, ids);
    this.ttl = ttl;
  }

  /**
   * @param steps in the order in which they happened
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
      case Reserving.Reserved reserved ->
          StockFacts.reserved(reserved.reservation(), reserved.crossings(), step.cause(), tx);
      case Reserving.FellShort lacking ->
          StockFacts.insufficient(step.orderId(), lacking, step.cause(), tx);
      case Reserving.AlreadyKnown known -> {}
    }
  }

  private static void confirm(OrderStep.Paid step, OpenBook open, UnitOfWork tx) {
    switch (open.book().pay(step.orderId(), open.now())) {
      case Confirming.Confirmed confirmed ->
          StockFacts.confirmed(confirmed.reservation(), confirmed.crossings(), step.cause(), tx);
      case Confirming.Failed failed ->
          StockFacts.confirmationFailed(step.orderId(), failed.shortages(), step.cause(), tx);
      case Confirming.AlreadySettled settled -> {}
    }
  }

  private static void giveBack(OrderStep.Cancelled step, OpenBook open, UnitOfWork tx) {
    switch (open.book().cancel(step.orderId(), open.now())) {
      case Cancelling.GivenBack back ->
          StockFacts.released(back.reservation(), "cancelled", step.cause(), tx);
      case Cancelling.Returned returned ->
          StockFacts.returned(returned, step.reason(), step.cause(), tx);
      case Cancelling.NothingHeld nothing -> {}
    }
  }
}
