package dev.reserva.messaging.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backs off while a dependency is down. A subscription tries again after 100 ms, then after twice
 * as long each time, up to 5 s. No event uses up an attempt. Only the loop's thread changes this
 * state.
 */
final class Probing {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Probing.class);

  private final String subscription;
  private Duration pause = FIRST;
  private volatile boolean probing;
  private volatile @Nullable String lastError;

  Probing(String subscription) {
    this.subscription = subscription;
  }

  boolean isProbing() {
    return probing;
  }

  /** Text of the failure that made the subscription probe. */
  @Nullable String lastError() {
    return lastError;
  }

  void failed(Throwable e) {
    if (!probing) {
      LOG.warn(
          "subscription backs off and probes: subscription={} reason={}",
          subscription,
          e.getMessage());
      pause = FIRST;
    }
    probing = true;
    lastError = FailureReport.text(e);
  }

  void succeeded() {
    if (probing) {
      LOG.info("subscription has recovered: subscription={}", subscription);
      lastError = null;
    }
    probing = false;
  }

  /** How long to wait before the next try. */
  Duration nextPause() {
    Duration next = pause;
    pause = pause.compareTo(LONGEST.dividedBy(2)) > 0 ? LONGEST : pause.multipliedBy(2);
    return next;
  }
}
