package dev.reserva.customers.application;

import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.UUID;

/**
 * The access tokens that are in their holders' hands. Every process refuses the named ones within
 * two seconds of the commit.
 */
public interface AccessTokens {

  /** Refuses an account's tokens of a lower version. */
  void refuseBelow(UUID account, int version, Instant now, UnitOfWork tx);

  /** Refuses the tokens of a session. */
  void refuseOf(UUID session, Instant now, UnitOfWork tx);
}
