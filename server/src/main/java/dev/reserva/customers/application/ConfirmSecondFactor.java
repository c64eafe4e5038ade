package dev.reserva.customers.application;

import dev.reserva.customers.domain.OneTimeCode;
import dev.reserva.customers.domain.RecoveryCode;
import dev.reserva.customers.domain.SecondFactor;
import dev.reserva.customers.domain.SecondFactor.Check;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Activates a second factor with a first code of the authenticator, makes its recovery codes, and
 * ends the sessions that began without it.
 */
public final class ConfirmSecondFactor {

  private final SecondFactors factors;
  private final Authenticators authenticators;
  private final EndSessions endingSessions;
  private final RandomGenerator random;

  /**
   * @param random of the kind that keys are made with
   */
  public ConfirmSecondFactor(
      SecondFactors factors,
      Authenticators authenticators,
      EndSessions endingSessions,
      RandomGenerator random) {
    this.factors = factors;
    this.authenticators = authenticators;
    this.endingSessions = endingSessions;
    this.random = random;
  }

  public sealed interface Outcome {
    /**
     * @param recoveryCodes are shown this once
     */
    record Confirmed(List<RecoveryCode> recoveryCodes) implements Outcome {}

    /** Nothing was begun, or it is confirmed already. Nothing changed. */
    record NothingBegun() implements Outcome {}

    /** The code is not the authenticator's. Nothing changed. */
    record WrongCode() implements Outcome {}
  }

  public Outcome confirm(UUID account, OneTimeCode typed, Cause cause, Instant now, UnitOfWork tx) {
    Optional<SecondFactor> begun = factors.lock(account, tx).filter(factor -> !factor.active());
    if (begun.isEmpty()) {
      return new Outcome.NothingBegun();
    }
    Optional<SecondFactor.Codes> codes = authenticators.codes(begun.get());
    if (codes.isEmpty()) {
      return new Outcome.NothingBegun();
    }
    return switch (begun.get().check(typed, codes.get(), now)) {
      case Check.Right(SecondFactor next) -> {
        List<RecoveryCode> recovery = RecoveryCode.set(random);
        factors.put(next.confirmed(now), tx);
        factors.putRecoveryCodes(account, recovery, tx);
        endingSessions.of(account, cause, now, tx);
        yield new Outcome.Confirmed(recovery);
      }
      case Check.Wrong _, Check.Paused _ -> new Outcome.WrongCode();
    };
  }
}
