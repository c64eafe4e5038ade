package dev.reserva.customers.application;

import dev.reserva.customers.domain.RecoveryCode;
import dev.reserva.customers.domain.SecondFactor;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Gives a user new recovery codes in place of the ones before, as when these were lost or are used
 * up. It ends the user's sessions: whoever has found a code may have logged in with it.
 */
public final class RenewRecoveryCodes {

  private final SecondFactors factors;
  private final EndSessions endingSessions;
  private final RandomGenerator random;

  /**
   * @param random of the kind that keys are made with
   */
  public RenewRecoveryCodes(
      SecondFactors factors, EndSessions endingSessions, RandomGenerator random) {
    this.factors = factors;
    this.endingSessions = endingSessions;
    this.random = random;
  }

  public sealed interface Outcome {
    /**
     * @param recoveryCodes are shown this once
     */
    record Renewed(List<RecoveryCode> recoveryCodes) implements Outcome {}

    /** The user has no active second factor. Nothing changed. */
    record NotEnrolled() implements Outcome {}
  }

  public Outcome renew(UUID account, Cause cause, Instant now, UnitOfWork tx) {
    if (factors.lock(account, tx).filter(SecondFactor::active).isEmpty()) {
      return new Outcome.NotEnrolled();
    }
    List<RecoveryCode> codes = RecoveryCode.set(random);
    factors.putRecoveryCodes(account, codes, tx);
    var _ = endingSessions.of(account, cause, now, tx);
    return new Outcome.Renewed(codes);
  }
}
