package dev.reserva.messaging.delivery;

import dev.reserva.messaging.DependencyUnavailable;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all loops have in common: they repeat a step on one thread until they are stopped, back off
 * while a dependency is down, and tell their state. Only the loop's thread changes it; any thread
 * may read it, and stop the loop.
 */
final class Lifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private final String name;
  private final RandomGenerator random;
  private final Probing probing;
  private final Repetition repetition = new Repetition();
  private volatile LoopState state = LoopState.STANDBY;

  /**
   * @param random adds jitter to pauses
   */
  Lifecycle(String name, RandomGenerator random) {
    this.name = name;
    this.random = random;
    this.probing = new Probing(name);
  }

  LoopState state() {
    return state;
  }

  /** Text of the failure that made the loop probe; null while it does not. */
  @Nullable String lastError() {
    return probing.lastError();
  }

  /** Whether the last step did not fail for the broker. */
  boolean brokerAnswers() {
    return probing.brokerAnswers();
  }

  /** Repeats the round until {@link #stop}, or until the thread is interrupted. */
  void run(Repetition.Round round) {
    repetition.run(round);
  }

  /** Ends the repetition after its current round, and a pause at once. */
  void stop() {
    repetition.stop();
  }

  /** Waits within a round. */
  void pause(Duration duration) {
    repetition.pause(duration);
  }

  /** Pauses if the last step failed, longer after each failure in a row. */
  boolean backsOff() {
    boolean failed = probing.isProbing();
    if (failed) {
      pause(Backoff.jittered(probing.nextPause(), random));
    }
    return failed;
  }

  /** The loop waits for another process, or has ended. */
  void is(LoopState now) {
    state = now;
  }

  /** A step succeeded. */
  void succeeded(LoopState now) {
    probing.succeeded();
    state = now;
  }

  /**
   * A step failed. Nothing is lost by it: the loop backs off and tries again.
   *
   * @param e {@link DependencyUnavailable}, or a failure of the backbone itself or of the virtual
   *     machine
   */
  void failed(Throwable e) {
    if (!(e instanceof DependencyUnavailable)) {
      LOG.error("loop failed, it backs off and tries again: loop={}", name, e);
    }
    probing.failed(e);
    state = LoopState.PROBING;
  }
}
