package dev.reserva.platform.security;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Where a process looks up API keys: its database, or the process that has them. */
@FunctionalInterface
interface UsableApiKeys {

  /**
   * The key that somebody uses now, which is noted; empty if it is unknown, has expired or was
   * revoked.
   *
   * @param digest {@link ApiKeyTable#digest} of the key
   */
  Optional<UsableApiKey> use(String digest, Instant now);

  /**
   * @param prefix the part of the key that is shown
   */
  record UsableApiKey(
      UUID id, String prefix, Set<Role> roles, Instant createdAt, Instant expiresAt) {

    public UsableApiKey {
      roles = Set.copyOf(roles);
    }
  }
}
