package dev.reserva.customers.application;

import dev.reserva.customers.domain.ApiKey;
import dev.reserva.customers.domain.ApiKeySecret;
import dev.reserva.customers.domain.UserRole;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The keys with which programs call the API. */
public interface ApiKeys {

  /** Adds a key, which opens what its roles do from the commit on. Only a hash of it is stored. */
  void add(ApiKey key, ApiKeySecret secret, UnitOfWork tx);

  Optional<ApiKey> find(UUID id, UnitOfWork tx);

  /**
   * Keys, newest first, the ended ones too.
   *
   * @param before only keys with a lower id; absent for the newest
   */
  List<ApiKey> list(@Nullable UUID before, int limit, UnitOfWork tx);

  /** The number of keys that are neither revoked nor expired. */
  int countUsable(Instant now, UnitOfWork tx);

  /** Every process refuses the key within two seconds of the commit. */
  void revoke(UUID id, Instant now, UnitOfWork tx);

  /**
   * Revokes the keys that an account made, unless they have none but these roles.
   *
   * @return the ids of the revoked keys
   */
  List<UUID> revokeOfMaker(UUID account, Set<UserRole> kept, Instant now, UnitOfWork tx);
}
