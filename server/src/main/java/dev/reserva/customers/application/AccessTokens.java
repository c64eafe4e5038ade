package dev.reserva.customers.application;

import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.UUID;

/** The access tokens that are in their holders' hands. */
@FunctionalInterface
public interface AccessTokens {

  /**
   * Makes every process refuse an account's tokens of a lower version within two seconds of the
   * commit.
   */
  void refuseBelow(UUID account, int version, Instant now, UnitOfWork tx);
}
