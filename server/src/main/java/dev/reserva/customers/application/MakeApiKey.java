package dev.reserva.customers.application;

import dev.reserva.customers.domain.ApiKey;
import dev.reserva.customers.domain.ApiKeySecret;
import dev.reserva.customers.domain.KeyName;
import dev.reserva.customers.domain.UserRole;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes a key for a program. Nobody gives a key a role that he does not have. */
public final class MakeApiKey {

  /** Usable at a time. More than a shop has programs; it bounds what a stolen login can make. */
  static final int MOST = 1_000;

  private final ApiKeys keys;
  private final Ids ids;
  private final RandomGenerator random;

  /**
   * @param random of the kind that keys are made with
   */
  public MakeApiKey(ApiKeys keys, Ids ids, RandomGenerator random) {
    this.keys = keys;
    this.ids = ids;
    this.random = random;
  }

  public sealed interface Outcome {
    /**
     * @param secret is shown this once
     */
    record Made(ApiKey key, ApiKeySecret secret) implements Outcome {}

    /** The maker lacks roles. Nothing changed. */
    record BeyondMaker(Set<UserRole> lacking) implements Outcome {}

    /** There are as many keys as there may be. Nothing changed. */
    record TooMany(int most) implements Outcome {}
  }

  public Outcome make(
      KeyName name,
      Set<UserRole> roles,
      Instant expiresAt,
      ApiKey.Maker maker,
      Instant now,
      UnitOfWork tx) {
    Set<UserRole> lacking = maker.lacks(roles);
    if (!lacking.isEmpty()) {
      return new Outcome.BeyondMaker(lacking);
    }
    if (keys.countUsable(now, tx) >= MOST) {
      return new Outcome.TooMany(MOST);
    }
    ApiKeySecret secret = ApiKeySecret.random(random);
    ApiKey key =
        new ApiKey(ids.next(), name, secret.prefix(), roles, maker, now, expiresAt, null, null);
    keys.add(key, secret, tx);
    return new Outcome.Made(key, secret);
  }
}
