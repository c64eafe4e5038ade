package dev.reserva.platform.security;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param name the token's subject, shown in records of what was done; {@code anonymous} without a
 *     token
 * @param roles empty without a token, and for staff who must set up a second factor first
 * @param customerId the customer of this login; absent for staff
 * @param accountId the account of a local user; absent for others
 * @param sessionId the log-in that the token belongs to; absent for others than local users
 */
public record Caller(
    Kind kind,
    String name,
    Set<Role> roles,
    @Nullable UUID customerId,
    @Nullable UUID accountId,
    @Nullable UUID sessionId) {

  /** How a caller proves who it is. */
  public enum Kind {
    /** It does not. */
    ANONYMOUS("anonymous"),
    /** By a token of this system. */
    USER("user"),
    /** By a token of another issuer. */
    FOREIGN("issuer"),
    /** By an API key. */
    API_KEY("key"),
    /** By a token that only processes of this system can make. */
    SERVICE("service");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  public static final Caller ANONYMOUS =
      new Caller(Kind.ANONYMOUS, "anonymous", Set.of(), null, null, null);

  public Caller {
    roles = Set.copyOf(roles);
  }

  /** A user, without the account behind it. */
  public Caller(String name, Set<Role> roles, @Nullable UUID customerId) {
    this(Kind.USER, name, roles, customerId, null, null);
  }

  /** The holder of an API key. No user has such a name. */
  public static Caller apiKey(String prefix, Set<Role> roles) {
    return new Caller(Kind.API_KEY, "key:" + prefix, roles, null, null, null);
  }

  /** Another process of this system. No user has such a name. */
  static Caller service(String name) {
    return new Caller(Kind.SERVICE, "service:" + name, Set.of(), null, null, null);
  }

  /** Whether this is staff who must set up a second factor before anything else. */
  public boolean isEnrolling() {
    return kind == Kind.USER && roles.isEmpty();
  }

  public boolean is(Role role) {
    return roles.contains(role);
  }

  /** Whether the caller has a role of the shop's staff. */
  public boolean isStaff() {
    return is(Role.ADMIN) || is(Role.OPERATOR) || is(Role.WAREHOUSE);
  }

  /**
   * What tells this caller's idempotency keys from those of others. A name alone does not: a user
   * may be called {@code anonymous}.
   */
  public String namespace() {
    return kind == Kind.ANONYMOUS ? kind.prefix : kind.prefix + ":" + name;
  }
}
