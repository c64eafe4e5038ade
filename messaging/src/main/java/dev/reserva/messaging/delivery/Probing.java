package dev.reserva.messaging.delivery;

import dev.reserva.messaging.transport.BrokerUnavailable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backs off while a dependency is down. No event uses up an attempt. Only the loop's thread changes
 * this state.
 */
final class Probing {

  private static final Logger LOG = LoggerFactory.getLogger(Probing.class);

  private final String subscription;
  private int pauses;
  private volatile boolean probing;
  private volatile boolean brokerDown;
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

  /** Whether the last try did not fail for the broker. */
  boolean brokerAnswers() {
    return !brokerDown;
  }

  void failed(Throwable e) {
    if (!probing) {
      LOG.warn(
          "subscription backs off and probes: subscription={} reason={}",
          subscription,
          e.getMessage());
      pauses = 0;
    }
    probing = true;
    brokerDown = e instanceof BrokerUnavailable;
    lastError = FailureReport.text(e);
  }

  void succeeded() {
    if (probing) {
      LOG.info("subscription has recovered: subscription={}", subscription);
      lastError = null;
    }
    probing = false;
    brokerDown = false;
  }

  /** How long to wait before the next try. */
  Duration nextPause() {
    pauses = Math.min(pauses + 1, 100);
    return Backoff.after(pauses);
  }
}
