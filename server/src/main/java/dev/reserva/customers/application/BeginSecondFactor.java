package dev.reserva.customers.application;

import dev.reserva.customers.domain.SecondFactor;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives a user the secret for an authenticator. Log-ins do not ask for codes until {@link
 * ConfirmSecondFactor}. Beginning again replaces a secret that was not confirmed.
 */
public final class BeginSecondFactor {

  private final SecondFactors factors;
  private final Authenticators authenticators;

  public BeginSecondFactor(SecondFactors factors, Authenticators authenticators) {
    this.factors = factors;
    this.authenticators = authenticators;
  }

  public sealed interface Outcome {
    record Begun(Authenticators.Secret secret) implements Outcome {}

    /** The user has a second factor, which must be disabled first. Nothing changed. */
    record AlreadyActive() implements Outcome {}
  }

  public Outcome begin(UUID account, String login, Instant now, UnitOfWork tx) {
    Optional<SecondFactor> present = factors.lock(account, tx);
    if (present.filter(SecondFactor::active).isPresent()) {
      return new Outcome.AlreadyActive();
    }
    Authenticators.Secret secret = authenticators.create(account, login);
    factors.put(SecondFactor.begun(account, secret.sealed(), now), tx);
    return new Outcome.Begun(secret);
  }
}
