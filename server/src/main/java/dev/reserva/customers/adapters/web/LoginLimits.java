package dev.reserva.customers.adapters.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reserva.platform.web.ClientAddress;
import dev.reserva.platform.web.Problem;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Locale;

/**
 * Limits log-in attempts: the failed ones for one user from one address, and all from one address.
 */
public final class LoginLimits {

  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** More entries than an attacker has addresses. About 20 MB at most. */
  private static final int MAX_REMEMBERED = 100_000;

  private final int perUser;
  private final int perAddress;
  private final Cache<String, Bucket> users = remembered();
  private final Cache<String, Bucket> addresses = remembered();

  /**
   * @param perUser failed attempts per minute for one user from one address
   * @param perAddress attempts per minute from one address
   */
  public LoginLimits(int perUser, int perAddress) {
    this.perUser = perUser;
    this.perAddress = perAddress;
  }

  /** An attempt that may proceed. */
  @FunctionalInterface
  public interface Attempt {
    /** Called after a correct password: the attempt does not count as failed. */
    void succeeded();
  }

  /**
   * @throws Problem 429 when there were too many
   */
  public Attempt attempt(String username, ClientAddress client) {
    String address = client.network();
    take(addresses.get(address, key -> bucket(perAddress)));
    Bucket user =
        users.get(username.toLowerCase(Locale.ROOT) + " " + address, key -> bucket(perUser));
    take(user);
    return () -> user.addTokens(1);
  }

  private static void take(Bucket bucket) {
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      long seconds = 1 + Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds();
      throw new Problem(
              429,
              "too-many-attempts",
              "Too many attempts",
              "there were too many attempts to log in; try again in %d s".formatted(seconds))
          .withHeader("Retry-After", Long.toString(seconds));
    }
  }

  private static Bucket bucket(int perMinute) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, PERIOD))
        .build();
  }

  private static Cache<String, Bucket> remembered() {
    return Caffeine.newBuilder()
        .maximumSize(MAX_REMEMBERED)
        .expireAfterAccess(PERIOD.multipliedBy(2))
        .build();
  }
}
