package dev.reserva.customers.application;

import dev.reserva.customers.domain.OneTimeCode;
import dev.reserva.customers.domain.RecoveryCode;
import dev.reserva.customers.domain.SecondFactor;
import dev.reserva.customers.domain.SecondFactor.Check;
import dev.reserva.customers.domain.SecondProof;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks what a user typed besides the password, and uses it up. The transaction must commit
 * whatever the outcome is: wrong codes are counted in it.
 */
public final class ProveSecondFactor {

  private static final Logger LOG = LoggerFactory.getLogger(ProveSecondFactor.class);

  private final SecondFactors factors;
  private final Authenticators authenticators;

  public ProveSecondFactor(SecondFactors factors, Authenticators authenticators) {
    this.factors = factors;
    this.authenticators = authenticators;
  }

  public sealed interface Outcome {
    /** The user has no active second factor. What was typed was not looked at. */
    record NotEnrolled() implements Outcome {}

    record Proven() implements Outcome {}

    /** The user has a second factor, and nothing was typed. */
    record Missing() implements Outcome {}

    record Wrong() implements Outcome {}

    /**
     * After wrong codes no code counts for a while; a recovery code does.
     *
     * @param until when a code counts again
     */
    record Paused(Instant until) implements Outcome {}
  }

  public Outcome prove(UUID account, @Nullable SecondProof typed, Instant now, UnitOfWork tx) {
    Optional<SecondFactor> active = factors.lock(account, tx).filter(SecondFactor::active);
    if (active.isEmpty()) {
      return new Outcome.NotEnrolled();
    }
    return switch (typed) {
      case null -> new Outcome.Missing();
      case OneTimeCode code -> check(active.get(), code, now, tx);
      case RecoveryCode code -> {
        if (!factors.spend(account, code, tx)) {
          yield new Outcome.Wrong(); // not counted: nobody guesses 125 bits
        }
        factors.put(active.get().recovered(), tx);
        yield new Outcome.Proven();
      }
    };
  }

  private Outcome check(SecondFactor factor, OneTimeCode code, Instant now, UnitOfWork tx) {
    Optional<SecondFactor.Codes> codes = authenticators.codes(factor);
    if (codes.isEmpty()) {
      LOG.warn(
          "second factor unreadable, only recovery codes count until an administrator resets it:"
              + " account={}",
          factor.account());
      return new Outcome.Wrong();
    }
    return switch (factor.check(code, codes.get(), now)) {
      case Check.Right(SecondFactor next) -> {
        factors.put(next, tx);
        yield new Outcome.Proven();
      }
      case Check.Wrong(SecondFactor next) -> {
        factors.put(next, tx);
        yield new Outcome.Wrong();
      }
      case Check.Paused(Instant until) -> new Outcome.Paused(until);
    };
  }
}
