package dev.reserva.customers.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key with which a program calls the API instead of a person. Its secret is not part of it.
 *
 * @param prefix the part of the key that is shown, to tell keys apart
 * @param roles of staff; a customer's program uses the customer's login
 * @param revokedAt absent while nobody has revoked it
 * @param lastUsedAt to the minute; absent if it was never used
 */
public record ApiKey(
    UUID id,
    KeyName name,
    String prefix,
    Set<UserRole> roles,
    Maker maker,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {

  /** How long a key lasts whose maker does not say. */
  public static final Duration LIFETIME = Duration.ofDays(365);

  public static final Duration LONGEST_LIFETIME = Duration.ofDays(366);

  public ApiKey {
    roles = Set.copyOf(roles);
    if (roles.isEmpty() || roles.contains(UserRole.CUSTOMER)) {
      throw new IllegalArgumentException("an API key needs roles of staff, had " + roles);
    }
  }

  /**
   * Who made a key.
   *
   * @param account absent if the login is another issuer's
   */
  public record Maker(String name, @Nullable UUID account, Set<UserRole> roles) {

    public Maker {
      roles = Set.copyOf(roles);
    }

    /** The roles that this maker must not give away, because it does not have them. */
    public Set<UserRole> lacks(Set<UserRole> wanted) {
      Set<UserRole> lacking = EnumSet.noneOf(UserRole.class);
      if (!roles.contains(UserRole.ADMIN)) { // who may do everything
        wanted.stream().filter(role -> !roles.contains(role)).forEach(lacking::add);
      }
      return lacking;
    }
  }

  /**
   * When a new key expires.
   *
   * @param wanted absent for {@link #LIFETIME} from now
   * @throws IllegalArgumentException if it is not in the future, or too far
   */
  public static Instant expiry(@Nullable Instant wanted, Instant now) {
    if (wanted == null) {
      return now.plus(LIFETIME);
    }
    if (!wanted.isAfter(now) || wanted.isAfter(now.plus(LONGEST_LIFETIME))) {
      throw new IllegalArgumentException(
          "must be after now and at most %d days from now, was %s"
              .formatted(LONGEST_LIFETIME.toDays(), wanted));
    }
    return wanted;
  }
}
