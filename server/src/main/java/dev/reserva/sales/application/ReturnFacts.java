package dev.reserva.sales.application;

import dev.reserva.contracts.SalesEvent;
import dev.reserva.contracts.SalesEvent.ReturnApproved;
import dev.reserva.contracts.SalesEvent.ReturnReceived;
import dev.reserva.contracts.SalesEvent.ReturnRejected;
import dev.reserva.contracts.SalesEvent.ReturnRequested;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Return;
import java.util.List;

/** Publishes the steps of returns that people take, one event for each. */
final class ReturnFacts {

  private ReturnFacts() {}

  static void requested(Return goods, Cause cause, UnitOfWork tx) {
    tx.publish(
        new ReturnRequested(
            goods.id(), goods.orderId(), goods.customerId(), items(goods), goods.refund()),
        cause);
  }

  /**
   * @param goods as they are after the step
   */
  static void moved(Return goods, Cause cause, UnitOfWork tx) {
    Object event =
        switch (goods.status()) {
          case APPROVED -> new ReturnApproved(goods.id(), goods.orderId(), goods.customerId());
          case REJECTED -> new ReturnRejected(goods.id(), goods.orderId(), goods.customerId());
          case RECEIVED ->
              new ReturnReceived(
                  goods.id(),
                  goods.orderId(),
                  goods.customerId(),
                  items(goods),
                  goods.destination().restock(),
                  goods.destination().location(),
                  goods.refund());
          case REQUESTED, REFUNDED ->
              throw new IllegalArgumentException(
                  "no person moves a return to %s".formatted(goods.status()));
        };
    tx.publish(event, cause);
  }

  private static List<SalesEvent.ReturnItem> items(Return goods) {
    return goods.lines().stream()
        .map(line ->
            new SalesEvent.ReturnItem(
                line.productId(), line.quantity().value(), PartFacts.parts(line)))
        .toList();
  }
}
