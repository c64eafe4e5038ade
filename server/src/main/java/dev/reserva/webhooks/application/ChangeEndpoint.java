package dev.reserva.webhooks.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.webhooks.domain.DisabledReason;
import dev.reserva.webhooks.domain.Endpoint;
import dev.reserva.webhooks.domain.EndpointState;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes an endpoint. One that is enabled again gets a probe first. */
public final class ChangeEndpoint {

  private final Endpoints endpoints;
  private final TestEndpoint testEndpoint;

  public ChangeEndpoint(Endpoints endpoints, TestEndpoint testEndpoint) {
    this.endpoints = endpoints;
    this.testEndpoint = testEndpoint;
  }

  /**
   * @param enabled absent: it stays as it is
   * @return the endpoint; empty if there is none
   */
  public Optional<Endpoint> change(
      UUID id, Endpoint.Target target, @Nullable Boolean enabled, UnitOfWork tx) {
    return endpoints
        .lock(id, tx)
        .map(endpoint -> {
          Instant now = tx.now();
          Endpoint changed = endpoint.changed(target, now);
          boolean disabled = changed.state() == EndpointState.DISABLED;
          if (Boolean.FALSE.equals(enabled) && !disabled) {
            changed = changed.disabled(DisabledReason.OPERATOR, now);
          } else if (Boolean.TRUE.equals(enabled) && disabled) {
            changed = changed.probed(now);
            testEndpoint.queue(changed, tx);
          }
          endpoints.replace(changed, tx);
          return changed;
        });
  }
}
