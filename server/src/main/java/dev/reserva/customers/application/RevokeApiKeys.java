package dev.reserva.customers.application;

import dev.reserva.customers.domain.UserRole;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends API keys: one, or those that a member of staff made who is dismissed or loses roles. He may
 * know them, and must not come in by them.
 */
public final class RevokeApiKeys {

  private static final Logger LOG = LoggerFactory.getLogger(RevokeApiKeys.class);

  private final ApiKeys keys;

  public RevokeApiKeys(ApiKeys keys) {
    this.keys = keys;
  }

  public sealed interface Outcome {
    /** The key is revoked, now or before. */
    record Revoked() implements Outcome {}

    record Unknown() implements Outcome {}
  }

  public Outcome revoke(UUID id, Instant now, UnitOfWork tx) {
    if (keys.find(id, tx).isEmpty()) {
      return new Outcome.Unknown();
    }
    keys.revoke(id, now, tx);
    return new Outcome.Revoked();
  }

  /**
   * Call it in the transaction that takes roles from an account, or ends it.
   *
   * @param kept the roles that the account still has; empty if it ends
   */
  public void ofMaker(UUID account, Set<UserRole> kept, Instant now, UnitOfWork tx) {
    if (kept.contains(UserRole.ADMIN)) {
      return; // may make any key
    }
    for (UUID key : keys.revokeOfMaker(account, kept, now, tx)) {
      tx.afterCommit(() -> LOG.info("API key revoked with its maker: key={}", key));
    }
  }
}
