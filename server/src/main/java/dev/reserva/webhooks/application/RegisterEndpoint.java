package dev.reserva.webhooks.application;

import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.webhooks.domain.Endpoint;

/** Registers an endpoint, which gets the events that are published from then on. */
public final class RegisterEndpoint {

  /** With the limit of each endpoint, it bounds how many attempts are under way. */
  public static final int MOST = 100;

  private final Endpoints endpoints;
  private final Signatures signatures;
  private final Ids ids;

  public RegisterEndpoint(Endpoints endpoints, Signatures signatures, Ids ids) {
    this.endpoints = endpoints;
    this.signatures = signatures;
    this.ids = ids;
  }

  /** What came of it. */
  public sealed interface Outcome {
    /**
     * @param secret in clear, which nobody can read again
     */
    record Registered(Endpoint endpoint, String secret) implements Outcome {}

    record TooMany(int most) implements Outcome {}
  }

  public Outcome register(Endpoint.Target target, UnitOfWork tx) {
    // The lock keeps the reader of the log from moving past events of this moment, and the count
    // from being exceeded by two registrations at once.
    long _ = endpoints.lockPosition(tx);
    if (endpoints.count(tx) >= MOST) {
      return new Outcome.TooMany(MOST);
    }
    String secret = signatures.fresh();
    var id = ids.next();
    Endpoint endpoint = Endpoint.registered(id, target, signatures.seal(secret, id), tx.now());
    endpoints.add(endpoint, tx);
    return new Outcome.Registered(endpoint, secret);
  }
}
