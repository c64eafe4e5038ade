package dev.reserva.peers.modulith.orders;

import dev.reserva.peers.modulith.events.OrderPlaced;
import dev.reserva.peers.modulith.events.PaymentCaptured;
import dev.reserva.peers.modulith.events.PaymentDeclined;
import dev.reserva.peers.modulith.events.StockRefused;
import dev.reserva.peers.shop.Decision;
import dev.reserva.peers.shop.Decision.Status;
import dev.reserva.peers.shop.NewOrder;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Stores orders, and decides them by the other modules' events. */
@Service
class OrderManagement {
  private final JdbcAggregateOperations aggregates;
  private final Orders orders;
  private final ApplicationEventPublisher events;
  private final WaitingBuyers buyers;

  OrderManagement(
      JdbcAggregateOperations aggregates,
      Orders orders,
      ApplicationEventPublisher events,
      WaitingBuyers buyers) {
    this.aggregates = aggregates;
    this.orders = orders;
    this.events = events;
    this.buyers = buyers;
  }

  @Transactional
  void place(UUID order, NewOrder request) {
    aggregates.insert(
        new Order(
            order,
            Status.PENDING,
            request.lines().stream()
                .map(line -> new OrderLine(line.product(), line.quantity()))
                .toList()));
    events.publishEvent(new OrderPlaced(order, request.lines(), request.token()));
  }

  @ApplicationModuleListener
  void on(PaymentCaptured event) {
    orders.confirm(event.order(), event.total());
    decided(new Decision(event.order(), Status.CONFIRMED));
  }

  @ApplicationModuleListener
  void on(PaymentDeclined event) {
    cancel(event.order());
  }

  @ApplicationModuleListener
  void on(StockRefused event) {
    cancel(event.order());
  }

  private void cancel(UUID order) {
    orders.cancel(order);
    decided(new Decision(order, Status.CANCELLED));
  }

  /** Notifies the waiting buyer when the decision is committed. */
  private void decided(Decision decision) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            buyers.decided(decision);
          }
        });
  }
}
