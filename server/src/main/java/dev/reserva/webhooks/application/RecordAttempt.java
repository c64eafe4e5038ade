package dev.reserva.webhooks.application;

import dev.reserva.contracts.WebhooksEvent.EndpointDisabled;
import dev.reserva.contracts.WebhooksEvent.EndpointRecovered;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.webhooks.domain.Answer;
import dev.reserva.webhooks.domain.Delivery;
import dev.reserva.webhooks.domain.DeliveryStatus;
import dev.reserva.webhooks.domain.DisabledReason;
import dev.reserva.webhooks.domain.Endpoint;
import dev.reserva.webhooks.domain.EndpointState;
import dev.reserva.webhooks.domain.RetrySchedule;
import java.time.Instant;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/** Records an attempt, and what follows from it for the delivery and its endpoint. */
public final class RecordAttempt {

  private final Endpoints endpoints;
  private final Deliveries deliveries;
  private final RetrySchedule retries;
  private final DoubleSupplier chance;

  /**
   * @param chance from 0 to 1, for the jitter
   */
  public RecordAttempt(
      Endpoints endpoints, Deliveries deliveries, RetrySchedule retries, DoubleSupplier chance) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.retries = retries;
    this.chance = chance;
  }

  /**
   * @param claimed the delivery as it was when it was leased; if somebody else has attempted it
   *     since, nothing is recorded
   */
  public void record(Delivery claimed, Instant at, Answer answer, UnitOfWork tx) {
    Endpoint endpoint = endpoints.lock(claimed.endpointId(), tx).orElse(null);
    Delivery delivery = deliveries.lock(claimed.id(), tx).orElse(null);
    if (endpoint == null
        || delivery == null
        || delivery.status() != DeliveryStatus.PENDING
        || delivery.attempts() != claimed.attempts()) {
      return;
    }
    Instant now = tx.now();
    Delivery attempted = delivery.attempted(answer, retries, chance.getAsDouble(), now);
    deliveries.replace(attempted, tx);
    deliveries.log(delivery.id(), attempted.attempts(), at, answer, tx);
    Endpoint after = endpoint.attempted(answer, now);
    if (!after.equals(endpoint)) {
      endpoints.replace(after, tx);
      announce(endpoint, after, delivery, tx);
    }
  }

  private static void announce(Endpoint before, Endpoint after, Delivery delivery, UnitOfWork tx) {
    Cause cause = Cause.of(delivery.id().toString());
    if (after.state() == EndpointState.DISABLED
        && after.disabledReason() != DisabledReason.PROBE_FAILED) {
      tx.publish(
          new EndpointDisabled(
              after.id(),
              after.target().url(),
              Objects.requireNonNull(after.disabledReason()).wire(),
              after.failingSince()),
          cause);
    } else if (before.state() == EndpointState.PROBING && after.state() == EndpointState.ACTIVE) {
      tx.publish(new EndpointRecovered(after.id(), after.target().url()), cause);
    }
  }
}
