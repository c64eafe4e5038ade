package dev.reserva.operations.adapters.messaging;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Passes steps of orders and audit events, which share a transaction, to their handlers. */
public final class OperationsEvents implements Subscription.Handler {

  public static final Set<String> TYPES =
      Stream.concat(OrderSteps.TYPES.stream(), AuditEvents.TYPES.stream())
          .collect(Collectors.toUnmodifiableSet());

  private final OrderSteps orderSteps;
  private final AuditEvents auditEvents;

  public OperationsEvents(OrderSteps orderSteps, AuditEvents auditEvents) {
    this.orderSteps = orderSteps;
    this.auditEvents = auditEvents;
  }

  @Override
  public void handle(List<Message> batch, UnitOfWork tx) {
    pass(batch, OrderSteps.TYPES, orderSteps, tx);
    pass(batch, AuditEvents.TYPES, auditEvents, tx);
  }

  private static void pass(
      List<Message> batch, Set<String> types, Subscription.Handler handler, UnitOfWork tx) {
    List<Message> its = batch.stream().filter(message -> types.contains(message.type())).toList();
    if (!its.isEmpty()) {
      handler.handle(its, tx);
    }
  }
}
