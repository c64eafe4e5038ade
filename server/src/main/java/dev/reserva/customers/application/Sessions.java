package dev.reserva.customers.application;

import dev.reserva.messaging.UnitOfWork;
import java.util.UUID;

/** The log-ins that last by a refresh token. */
public interface Sessions {

  /**
   * Deletes all sessions of an account.
   *
   * @return how many there were
   */
  int deleteOf(UUID account, UnitOfWork tx);
}
