package dev.reserva.webhooks.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.webhooks.domain.EndpointState;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** How much waits to be posted. */
public interface Backlogs {

  /** Most deliveries of an endpoint that are counted. */
  int MOST_COUNTED = 10_000;

  /**
   * Deliveries that are pending, by the state of their endpoints. A state without endpoints is left
   * out.
   */
  Map<EndpointState, Backlog> byState(UnitOfWork tx);

  /** Pending deliveries of an endpoint, at most {@value #MOST_COUNTED}. */
  int of(UUID endpoint, UnitOfWork tx);

  /**
   * @param deliveries at most {@value #MOST_COUNTED} of each endpoint
   * @param overdue how long the first of them has been due; zero if none is
   */
  record Backlog(long deliveries, Duration overdue) {}
}
