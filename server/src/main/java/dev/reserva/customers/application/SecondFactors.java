package dev.reserva.customers.application;

import dev.reserva.customers.domain.RecoveryCode;
import dev.reserva.customers.domain.SecondFactor;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The second factors of users, at most one each, and their recovery codes. */
public interface SecondFactors {

  Optional<SecondFactor> find(UUID account, UnitOfWork tx);

  /** Finds it and holds it until the transaction ends, so that no code is accepted twice. */
  Optional<SecondFactor> lock(UUID account, UnitOfWork tx);

  /** Adds it, or replaces the one that the user has. */
  void put(SecondFactor factor, UnitOfWork tx);

  /**
   * Removes the second factor and its recovery codes.
   *
   * @return whether there was one
   */
  boolean remove(UUID account, UnitOfWork tx);

  /** Replaces all recovery codes of a user who has a second factor. */
  void putRecoveryCodes(UUID account, List<RecoveryCode> codes, UnitOfWork tx);

  /**
   * Removes a recovery code.
   *
   * @return whether the user had it
   */
  boolean spend(UUID account, RecoveryCode code, UnitOfWork tx);

  int recoveryCodesLeft(UUID account, UnitOfWork tx);
}
