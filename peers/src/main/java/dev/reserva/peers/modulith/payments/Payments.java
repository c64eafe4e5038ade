package dev.reserva.peers.modulith.payments;

import dev.reserva.peers.modulith.events.PaymentCaptured;
import dev.reserva.peers.modulith.events.PaymentDeclined;
import dev.reserva.peers.modulith.events.StockReserved;
import dev.reserva.peers.shop.SimulatedProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Service;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionOperations;

/** Calls the provider between the transaction that reserved and one of its own. */
@Service
class Payments {
  private final SimulatedProvider provider;
  private final TransactionOperations transactions;
  private final ApplicationEventPublisher events;

  Payments(
      SimulatedProvider provider,
      TransactionOperations transactions,
      ApplicationEventPublisher events) {
    this.provider = provider;
    this.transactions = transactions;
    this.events = events;
  }

  /**
   * Not an {@code ApplicationModuleListener}, which would hold a transaction open during the call.
   * The order's id is the charge's key, so an event that is delivered twice is charged once.
   */
  @Async
  @TransactionalEventListener
  void on(StockReserved event) {
    boolean paid = provider.charge(event.order(), event.total(), event.token());
    Object outcome =
        paid
            ? new PaymentCaptured(event.order(), event.total())
            : new PaymentDeclined(event.order(), event.lines());
    transactions.executeWithoutResult(_ -> events.publishEvent(outcome));
  }
}
