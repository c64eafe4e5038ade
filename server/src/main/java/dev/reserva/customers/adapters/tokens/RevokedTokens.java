package dev.reserva.customers.adapters.tokens;

import dev.reserva.customers.application.AccessTokens;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.security.Revocations;
import java.time.Instant;
import java.util.UUID;

/** Refuses access tokens by {@code platform.token_revocation}. */
public final class RevokedTokens implements AccessTokens {

  private final Revocations revocations;

  public RevokedTokens(Revocations revocations) {
    this.revocations = revocations;
  }

  @Override
  public void refuseBelow(UUID account, int version, Instant now, UnitOfWork tx) {
    revocations.ofAccount(account, version, now, tx);
  }

  @Override
  public void refuseOf(UUID session, Instant now, UnitOfWork tx) {
    revocations.ofSession(session, now, tx);
  }
}
