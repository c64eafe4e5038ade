package dev.reserva.webhooks.application;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.webhooks.domain.Delivery;
import dev.reserva.webhooks.domain.DeliveryKind;
import dev.reserva.webhooks.domain.DeliveryStatus;
import dev.reserva.webhooks.domain.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Queues a test event. It is tried once, and is in no log: {@value Delivery#TEST_TYPE} states no
 * fact.
 */
public final class TestEndpoint {

  private final Deliveries deliveries;
  private final Ids ids;
  private final Function<Event, String> bodies;

  public TestEndpoint(Deliveries deliveries, Ids ids, Function<Event, String> bodies) {
    this.deliveries = deliveries;
    this.ids = ids;
    this.bodies = bodies;
  }

  public Delivery queue(Endpoint endpoint, UnitOfWork tx) {
    Instant now = tx.now();
    UUID event = ids.next();
    String body =
        bodies.apply(
            new Event(
                event,
                Delivery.TEST_TYPE,
                endpoint.id(),
                endpoint.id(),
                now,
                Cause.of(event.toString()).correlationId(),
                null,
                null,
                null,
                "{\"endpointId\":\"%s\"}".formatted(endpoint.id())));
    Delivery test =
        new Delivery(
            ids.next(),
            endpoint.id(),
            DeliveryKind.TEST,
            event,
            Delivery.TEST_TYPE,
            endpoint.id(),
            0,
            body,
            DeliveryStatus.PENDING,
            0,
            0,
            now,
            now,
            null);
    deliveries.queue(List.of(test), tx);
    return test;
  }
}
