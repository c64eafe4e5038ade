package dev.reserva.customers.adapters.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reserva.platform.web.ClientAddress;
import dev.reserva.platform.web.Problem;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Limits log-in attempts.
 *
 * <ul>
 *   <li>An address from which a user has logged in before is known for this user. From there the
 *       password is checked whatever others try, and however often it was wrong, up to a rate that
 *       only guessing by a program reaches.
 *   <li>From all other addresses together a user may fail a number of times; after that each
 *       further attempt must wait, twice as long each time. So many addresses guess no faster than
 *       one.
 *   <li>One address may try a number of times, whomever it names. Known ones do not count.
 * </ul>
 *
 * A name that no user has is treated like one that a user has. What is remembered is bounded, and
 * lost with the process.
 */
public final class LoginLimits {

  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** More entries than an attacker has addresses. About 20 MB for each kind at most. */
  private static final int MAX_REMEMBERED = 100_000;

  private static final Duration KNOWN_FOR = Duration.ofDays(60);
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);

  /** From a known address this part of its burst comes back in a minute. */
  private static final int KNOWN_SHARE = 5;

  private final int perUser;
  private final int perAddress;
  private final Duration longestDelay;
  private final LongSupplier nanoTime;
  private final TimeMeter meter;
  private final Cache<Key, Failures> users;
  private final Cache<String, Bucket> addresses;
  private final Cache<Key, Bucket> known;

  /**
   * @param perUser failed attempts for one user before the next one must wait
   * @param perAddress attempts per minute from one address
   * @param longestDelay of an attempt after many failed ones
   * @param nanoTime {@link System#nanoTime}
   */
  public LoginLimits(int perUser, int perAddress, Duration longestDelay, LongSupplier nanoTime) {
    this.perUser = perUser;
    this.perAddress = perAddress;
    this.longestDelay = longestDelay;
    this.nanoTime = nanoTime;
    this.meter =
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return nanoTime.getAsLong();
          }

          @Override
          public boolean isWallClockBased() {
            return false;
          }
        };
    this.users = remembered(PERIOD.plus(longestDelay.multipliedBy(2)));
    this.addresses = remembered(PERIOD.multipliedBy(2));
    this.known = remembered(KNOWN_FOR);
  }

  /** An attempt that may proceed. It counts as failed until it is told otherwise. */
  public static final class Attempt {
    private final Runnable notFailed;
    private final Runnable known;
    private boolean fits;

    private Attempt(Runnable notFailed, Runnable known) {
      this.notFailed = notFailed;
      this.known = known;
    }

    /** The password is right. What else a log-in takes has limits of its own. */
    public void passwordFits() {
      if (!fits) {
        fits = true;
        notFailed.run();
      }
    }

    /** The user has logged in with all that this takes: from now on the address is known. */
    public void succeeded() {
      passwordFits();
      known.run();
    }
  }

  /** 128 bits of a hash: names of any length take the same memory. */
  private record Key(long high, long low) {

    static Key of(String username, String network) {
      ByteBuffer hash =
          ByteBuffer.wrap(
              sha256()
                  .digest(
                      (network + "\0" + username.toLowerCase(Locale.ROOT))
                          .getBytes(StandardCharsets.UTF_8)));
      return new Key(hash.getLong(), hash.getLong());
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform supports SHA-256", e);
      }
    }
  }

  /** The failed attempts for one user from unknown addresses. */
  private static final class Failures {
    private int count;
    private long nextAt;

    /**
     * Counts an attempt as failed until it succeeds, so that parallel ones cannot pass unseen.
     *
     * @return nanoseconds to wait first; 0 when it may proceed
     */
    synchronized long begin(long now, int free, Duration longest) {
      if (count >= free && nextAt - now > 0) {
        return nextAt - now;
      }
      count++;
      if (count >= free) {
        int doublings = Math.min(count - free, 30);
        Duration delay = FIRST_DELAY.multipliedBy(1L << doublings);
        nextAt = now + (delay.compareTo(longest) < 0 ? delay : longest).toNanos();
      }
      return 0;
    }

    /** The attempt that was begun last has not failed. */
    synchronized void takeBack(long now) {
      count = Math.max(0, count - 1);
      nextAt = now;
    }
  }

  /**
   * @throws Problem 429 when there were too many
   */
  public Attempt attempt(String username, ClientAddress client) {
    String network = client.network();
    Key pair = Key.of(username, network);
    Bucket ofPair = known.getIfPresent(pair);
    if (ofPair != null) {
      take(ofPair);
      return new Attempt(() -> ofPair.addTokens(1), () -> {});
    }
    take(addresses.get(network, key -> bucket(perAddress, perAddress)));
    Key user = Key.of(username, "");
    Failures failures = users.get(user, key -> new Failures());
    long wait = failures.begin(nanoTime.getAsLong(), perUser, longestDelay);
    if (wait > 0) {
      throw tooMany(wait);
    }
    return new Attempt(
        () -> failures.takeBack(nanoTime.getAsLong()),
        () -> {
          users.invalidate(user);
          known.put(pair, bucket(perAddress, Math.max(1, perAddress / KNOWN_SHARE)));
        });
  }

  private static void take(Bucket bucket) {
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw tooMany(probe.getNanosToWaitForRefill());
    }
  }

  private static Problem tooMany(long nanos) {
    long seconds = 1 + Duration.ofNanos(nanos - 1).toSeconds();
    return new Problem(
            429,
            "too-many-attempts",
            "Too many attempts",
            "there were too many attempts to log in; try again in %d s".formatted(seconds))
        .withHeader("Retry-After", Long.toString(seconds));
  }

  private Bucket bucket(int burst, int perMinute) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(burst).refillGreedy(perMinute, PERIOD))
        .withCustomTimePrecision(meter)
        .build();
  }

  private static <K, V> Cache<K, V> remembered(Duration unused) {
    return Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterAccess(unused).build();
  }
}
