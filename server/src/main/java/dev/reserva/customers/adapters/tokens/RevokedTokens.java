package dev.reserva.customers.adapters.tokens;

import dev.reserva.customers.application.AccessTokens;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.security.TokenRevoker;
import java.time.Instant;
import java.util.UUID;

/** Refuses access tokens by {@code platform.token_revocation}. */
public final class RevokedTokens implements AccessTokens {

  private final TokenRevoker revoker;

  public RevokedTokens(TokenRevoker revoker) {
    this.revoker = revoker;
  }

  @Override
  public void refuseBelow(UUID account, int version, Instant now, UnitOfWork tx) {
    revoker.ofAccount(account, version, now, tx);
  }

  @Override
  public void refuseOf(UUID session, Instant now, UnitOfWork tx) {
    revoker.ofSession(session, now, tx);
  }
}
