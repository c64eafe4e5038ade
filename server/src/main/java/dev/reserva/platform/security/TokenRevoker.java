package dev.reserva.platform.security;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Worker;
import dev.reserva.platform.security.RevocationSource.Revocation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Revokes tokens, in the transaction that has the reason for it. This process refuses them once
 * that transaction commits, the others when they have {@linkplain Revocations read} it.
 */
public final class TokenRevoker {

  private static final Duration PURGE_INTERVAL = Duration.ofMinutes(1);
  private static final int PURGE_BATCH = 1_000;

  private final RevocationTable table;
  private final Revocations revocations;
  private final Clock clock;

  TokenRevoker(RevocationTable table, Revocations revocations, Clock clock) {
    this.table = table;
    this.revocations = revocations;
    this.clock = clock;
  }

  /** Revokes an account's tokens with a lower version than this. */
  public void ofAccount(UUID account, int validFromVersion, Instant now, UnitOfWork tx) {
    revoke(account, validFromVersion, now, tx);
  }

  /** Revokes the access tokens of one session. */
  public void ofSession(UUID session, Instant now, UnitOfWork tx) {
    revoke(session, Revocation.ALL_VERSIONS, now, tx);
  }

  /** Revokes an API key. Whoever caches keys does so for less than {@link Revocations#KEPT}. */
  public void ofApiKey(UUID key, Instant now, UnitOfWork tx) {
    revoke(key, Revocation.ALL_VERSIONS, now, tx);
  }

  private void revoke(UUID subject, int validFromVersion, Instant now, UnitOfWork tx) {
    Revocation added = new Revocation(subject, validFromVersion, now.plus(Revocations.KEPT));
    table.add(added, tx);
    tx.afterCommit(() -> revocations.learn(added));
  }

  /** Deletes revocations of which no token is left. */
  Worker purge() {
    return new Worker(
        "platform.revocations-purge",
        PURGE_INTERVAL,
        () -> table.purge(clock.instant(), PURGE_BATCH) == PURGE_BATCH);
  }
}
