package dev.reserva.logistics.application;

import dev.reserva.logistics.domain.Fulfilment;
import dev.reserva.logistics.domain.Move;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Prepares shipments when an order is confirmed, and ends them when it is cancelled. Shipments also
 * follow an operator who sets an order to SHIPPED or DELIVERED by hand.
 *
 * <p>A step that was handled before changes nothing and publishes nothing. The number of statements
 * does not depend on the number of steps.
 */
public final class FollowOrders {

  private final Shipments shipments;
  private final Ids ids;

  public FollowOrders(Shipments shipments, Ids ids) {
    this.shipments = shipments;
    this.ids = ids;
  }

  /**
   * @param steps in their order of publication
   */
  public void follow(List<OrderStep> steps, UnitOfWork tx) {
    List<OrderStep> relevant = steps.stream().filter(FollowOrders::concernsGoods).toList();
    if (relevant.isEmpty()) {
      return;
    }
    Set<UUID> orders = new LinkedHashSet<>();
    relevant.forEach(step -> orders.add(step.orderId()));
    Map<UUID, Fulfilment> locked = shipments.lock(orders, tx);
    Instant now = tx.now();
    for (OrderStep step : relevant) {
      Fulfilment fulfilment = Objects.requireNonNull(locked.get(step.orderId()));
      List<Move> moves =
          switch (step) {
            case OrderStep.Confirmed confirmed ->
                fulfilment.confirm(confirmed.customerId(), confirmed.parcels(), ids::next, now);
            case OrderStep.Shipped _ -> fulfilment.leave(now);
            case OrderStep.Delivered _ -> fulfilment.arrive(now);
            case OrderStep.Cancelled cancelled -> fulfilment.cancel(cancelled.customerId(), now);
          };
      Announcements.moves(moves, step.cause(), tx);
    }
    shipments.save(locked.values(), tx);
  }

  /** An order that dies before its confirmation is never confirmed. */
  private static boolean concernsGoods(OrderStep step) {
    return !(step instanceof OrderStep.Cancelled cancelled) || cancelled.wasConfirmed();
  }
}
