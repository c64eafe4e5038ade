package dev.reserva.webhooks.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.webhooks.domain.Delivery;
import dev.reserva.webhooks.domain.DeliveryStatus;
import dev.reserva.webhooks.domain.Endpoint;
import dev.reserva.webhooks.domain.EndpointState;
import java.util.Optional;
import java.util.UUID;

/** Makes a delivery that has ended due again, with the same message id. */
public final class RepeatDeliveries {

  private final Endpoints endpoints;
  private final Deliveries deliveries;

  public RepeatDeliveries(Endpoints endpoints, Deliveries deliveries) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
  }

  /** What came of it. */
  public sealed interface Outcome {
    /** It is due at once, unless an attempt is under way. */
    record Due(Delivery delivery) implements Outcome {}

    record Disabled(Endpoint endpoint) implements Outcome {}
  }

  /**
   * @return empty if there is no such delivery
   */
  public Optional<Outcome> redeliver(UUID id, UnitOfWork tx) {
    // The endpoint is locked first, as everywhere, so that there is no deadlock.
    return deliveries
        .find(id, tx)
        .flatMap(found -> endpoints.lock(found.endpointId(), tx))
        .flatMap(
            endpoint -> deliveries.lock(id, tx).map(delivery -> again(endpoint, delivery, tx)));
  }

  private Outcome again(Endpoint endpoint, Delivery delivery, UnitOfWork tx) {
    if (endpoint.state() == EndpointState.DISABLED) {
      return new Outcome.Disabled(endpoint);
    }
    if (delivery.status() == DeliveryStatus.PENDING) {
      deliveries.hasten(delivery.id(), tx.now(), tx);
      return new Outcome.Due(delivery);
    }
    Delivery due = delivery.again(tx.now());
    deliveries.replace(due, tx);
    return new Outcome.Due(due);
  }
}
