package dev.reserva.customers.application;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.UUID;

/**
 * Removes the second factor of a user, as the user wishes or because the authenticator is lost, and
 * ends the user's sessions.
 */
public final class RemoveSecondFactor {

  private final SecondFactors factors;
  private final EndSessions endingSessions;

  public RemoveSecondFactor(SecondFactors factors, EndSessions endingSessions) {
    this.factors = factors;
    this.endingSessions = endingSessions;
  }

  public sealed interface Outcome {
    record Removed() implements Outcome {}

    /** There was none. Nothing changed. */
    record NotEnrolled() implements Outcome {}
  }

  public Outcome remove(UUID account, Cause cause, Instant now, UnitOfWork tx) {
    if (!factors.remove(account, tx)) {
      return new Outcome.NotEnrolled();
    }
    endingSessions.of(account, cause, now, tx);
    return new Outcome.Removed();
  }
}
