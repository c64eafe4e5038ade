package dev.reserva.customers.adapters.web;

import dev.reserva.customers.application.ProveSecondFactor;
import dev.reserva.customers.application.ProveSecondFactor.Outcome;
import dev.reserva.customers.application.SecondFactors;
import dev.reserva.customers.domain.SecondFactor;
import dev.reserva.customers.domain.SecondProof;
import dev.reserva.customers.domain.User;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks for the second factor of a user whose password was right. */
public final class SecondFactorGate {

  private final ProveSecondFactor proving;
  private final SecondFactors factors;
  private final Transactions transactions;
  private final boolean required;
  private final Clock clock;

  /**
   * @param required whether staff without a second factor may do nothing but set one up
   */
  public SecondFactorGate(
      ProveSecondFactor proving,
      SecondFactors factors,
      Transactions transactions,
      boolean required,
      Clock clock) {
    this.proving = proving;
    this.factors = factors;
    this.transactions = transactions;
    this.required = required;
    this.clock = clock;
  }

  /** How a user may go on who passed the gate. */
  public enum Passage {
    FULL,
    /** Only to set up a second factor. */
    ENROLMENT
  }

  boolean required() {
    return required;
  }

  /**
   * Checks what was typed at a log-in.
   *
   * @throws Problem 401 if a proof is missing or wrong, 429 after too many wrong codes
   */
  Passage pass(User user, @Nullable SecondProof typed) {
    if (user.customerId() != null) {
      return Passage.FULL; // second factors are for staff
    }
    return switch (prove(user, typed)) {
      case Outcome.Proven _ -> Passage.FULL;
      case Outcome.NotEnrolled _ -> required ? Passage.ENROLMENT : Passage.FULL;
      case Outcome.Missing _ -> throw missing();
      case Outcome.Wrong _ -> throw TokenController.refused();
      case Outcome.Paused(Instant until) -> throw paused(until);
    };
  }

  /** How a user may go on whose session began earlier. */
  Passage passAgain(User user) {
    if (!required || user.customerId() != null) {
      return Passage.FULL;
    }
    return transactions
            .snapshot(tx -> factors.find(user.id(), tx))
            .filter(SecondFactor::active)
            .isPresent()
        ? Passage.FULL
        : Passage.ENROLMENT;
  }

  /**
   * Whether the proof is right; true also if the user has no second factor.
   *
   * @throws Problem 429 after too many wrong codes
   */
  boolean proves(User user, SecondProof typed) {
    return switch (prove(user, typed)) {
      case Outcome.Proven _, Outcome.NotEnrolled _ -> true;
      case Outcome.Missing _, Outcome.Wrong _ -> false;
      case Outcome.Paused(Instant until) -> throw paused(until);
    };
  }

  private Outcome prove(User user, @Nullable SecondProof typed) {
    return transactions.call(tx -> proving.prove(user.id(), typed, clock.instant(), tx));
  }

  private static Problem missing() {
    return new Problem(
            401,
            "second-factor-required",
            "The second factor is required",
            "the password is right; otp must be the code that the authenticator shows, or a"
                + " recovery code")
        .withHeader("WWW-Authenticate", "Bearer");
  }

  private Problem paused(Instant until) {
    long seconds = 1 + Math.max(0, Duration.between(clock.instant(), until).toSeconds());
    return new Problem(
            429,
            "too-many-attempts",
            "Too many attempts",
            "there were too many wrong codes for this login, from somebody who knows its password;"
                + " a recovery code is accepted now, a code of the authenticator in %d s"
                    .formatted(seconds))
        .withHeader("Retry-After", Long.toString(seconds));
  }
}
