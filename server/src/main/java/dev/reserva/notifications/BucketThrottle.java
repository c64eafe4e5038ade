package dev.reserva.notifications;

import dev.reserva.notifications.application.Throttle;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/** A token bucket that holds the messages of one second. */
final class BucketThrottle implements Throttle {

  private final Bucket bucket;

  BucketThrottle(int perSecond) {
    this.bucket =
        Bucket.builder()
            .addLimit(
                limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
            .build();
  }

  @Override
  public int take(int wanted) {
    return (int) bucket.tryConsumeAsMuchAsPossible(wanted);
  }

  @Override
  public void giveBack(int unused) {
    if (unused > 0) {
      bucket.addTokens(unused);
    }
  }
}
