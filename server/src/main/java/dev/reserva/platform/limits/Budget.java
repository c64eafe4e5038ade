package dev.reserva.platform.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * A number of requests in a period, for each of many callers: a token bucket each, full at first
 * and refilled evenly. A caller whose bucket is full again is forgotten.
 */
final class Budget {

  /** About 10 MB at most. Beyond it the least recently used bucket is forgotten, and is full. */
  private static final int MAX_CALLERS = 20_000;

  private static final long NANOS = Duration.ofSeconds(1).toNanos();

  private final String name;
  private final long quota;
  private final Duration period;
  private final TimeMeter meter;
  private final String policy;
  private final String prefix;
  private final Cache<String, Bucket> buckets;

  /**
   * @param name as in the headers, such as {@code customer-writes}
   */
  Budget(String name, long quota, Duration period, TimeMeter meter) {
    this.name = name;
    this.quota = quota;
    this.period = period;
    this.meter = meter;
    this.policy = "\"%s\";q=%d;w=%d".formatted(name, quota, period.toSeconds());
    this.prefix = "\"%s\";r=".formatted(name);
    this.buckets = Caffeine.newBuilder().maximumSize(MAX_CALLERS).expireAfterAccess(period).build();
  }

  String name() {
    return name;
  }

  /** The value of {@code RateLimit-Policy}. */
  String policy() {
    return policy;
  }

  /**
   * What a request finds.
   *
   * @param allowed whether it may proceed
   * @param remaining how many more may follow at once
   * @param retryAfter seconds until another may; 0 if it is allowed
   */
  record Taken(boolean allowed, long remaining, long retryAfter) {}

  Taken take(String caller) {
    ConsumptionProbe probe =
        buckets.get(caller, any -> newBucket()).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? new Taken(true, probe.getRemainingTokens(), 0)
        : new Taken(false, 0, (probe.getNanosToWaitForRefill() + NANOS - 1) / NANOS);
  }

  /** The value of {@code RateLimit}: what remains, and the seconds until nothing is used up. */
  String state(Taken taken) {
    long used = quota - taken.remaining();
    long reset = (used * period.toSeconds() + quota - 1) / quota;
    return prefix + taken.remaining() + ";t=" + Math.max(reset, taken.retryAfter());
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(quota).refillGreedy(quota, period))
        .withCustomTimePrecision(meter)
        .build();
  }
}
