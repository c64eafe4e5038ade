package dev.reserva.webhooks.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.webhooks.domain.Endpoint;
import java.util.Optional;
import java.util.UUID;

/** Gives an endpoint a new secret. The one before signs beside it for a day. */
public final class RotateSecret {

  private final Endpoints endpoints;
  private final Signatures signatures;

  public RotateSecret(Endpoints endpoints, Signatures signatures) {
    this.endpoints = endpoints;
    this.signatures = signatures;
  }

  /**
   * @param secret in clear, which nobody can read again
   */
  public record Rotated(Endpoint endpoint, String secret) {}

  /**
   * @return empty if there is no such endpoint
   */
  public Optional<Rotated> rotate(UUID id, UnitOfWork tx) {
    return endpoints
        .lock(id, tx)
        .map(endpoint -> {
          String secret = signatures.fresh();
          Endpoint rotated = endpoint.rotated(signatures.seal(secret, id), tx.now());
          endpoints.replace(rotated, tx);
          return new Rotated(rotated, secret);
        });
  }
}
