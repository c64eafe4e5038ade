package dev.reserva.customers.adapters.apikeys;

import dev.reserva.customers.application.ApiKeys;
import dev.reserva.customers.domain.ApiKey;
import dev.reserva.customers.domain.ApiKeySecret;
import dev.reserva.customers.domain.KeyName;
import dev.reserva.customers.domain.UserRole;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.security.ApiKeyTable;
import dev.reserva.platform.security.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@link ApiKeys} in {@code platform.api_key}. */
public final class PlatformApiKeys implements ApiKeys {

  private final ApiKeyTable table;

  public PlatformApiKeys(ApiKeyTable table) {
    this.table = table;
  }

  @Override
  public void add(ApiKey key, ApiKeySecret secret, UnitOfWork tx) {
    table.add(
        new ApiKeyTable.Row(
            key.id(),
            key.name().value(),
            key.prefix(),
            platform(key.roles()),
            key.maker().name(),
            key.maker().account(),
            key.createdAt(),
            key.expiresAt(),
            key.revokedAt(),
            key.lastUsedAt()),
        secret.text(),
        tx);
  }

  @Override
  public Optional<ApiKey> find(UUID id, UnitOfWork tx) {
    return table.find(id, tx).map(PlatformApiKeys::key);
  }

  @Override
  public List<ApiKey> list(@Nullable UUID before, int limit, UnitOfWork tx) {
    return table.list(before, limit, tx).stream().map(PlatformApiKeys::key).toList();
  }

  @Override
  public int countUsable(Instant now, UnitOfWork tx) {
    return table.countUsable(now, tx);
  }

  @Override
  public void revoke(UUID id, Instant now, UnitOfWork tx) {
    table.revoke(id, now, tx);
  }

  @Override
  public List<UUID> revokeOfMaker(UUID account, Set<UserRole> kept, Instant now, UnitOfWork tx) {
    return table.revokeOfMaker(account, platform(kept), now, tx);
  }

  private static ApiKey key(ApiKeyTable.Row row) {
    return new ApiKey(
        row.id(),
        new KeyName(row.name()),
        row.prefix(),
        row.roles().stream()
            .map(role -> UserRole.staff(role.wire()))
            .collect(Collectors.toUnmodifiableSet()),
        new ApiKey.Maker(row.createdBy(), row.createdByAccount(), Set.of()),
        row.createdAt(),
        row.expiresAt(),
        row.revokedAt(),
        row.lastUsedAt());
  }

  private static Set<Role> platform(Set<UserRole> roles) {
    return roles.stream()
        .map(role ->
            switch (role) {
              case ADMIN -> Role.ADMIN;
              case OPERATOR -> Role.OPERATOR;
              case WAREHOUSE -> Role.WAREHOUSE;
              case CUSTOMER ->
                  throw new IllegalArgumentException("an API key has no role customer");
            })
        .collect(Collectors.toUnmodifiableSet());
  }
}
