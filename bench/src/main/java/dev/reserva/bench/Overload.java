package dev.reserva.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many more orders than the server can take: what it accepts, what it turns away, and its memory.
 */
final class Overload {
  private static final Duration GLANCE = Duration.ofMillis(50);

  /** What was accepted may take its time, but not for ever. */
  private static final Duration SETTLING = Duration.ofMinutes(5);

  private Overload() {}

  /**
   * @param askedPerSecond orders that came by the clock, as far as connections were free
   * @param refused answered 503 with Retry-After
   * @param odd answers that are neither 201 nor that, and calls without an answer
   * @param acceptedMillis from when an order was due to come until it was accepted
   * @param settledAfterSeconds from the end of the load until no order was under way
   */
  record Figures(
      double askedPerSecond,
      int connections,
      long seconds,
      long accepted,
      long refused,
      Map<String, Long> odd,
      double acceptedPerSecond,
      Latency acceptedMillis,
      double settledAfterSeconds,
      Memory memory) {}

  /**
   * Of the server's JVM. The heap is taken as it is, with what the collector has not yet got to.
   */
  record Memory(
      long residentBeforeMib,
      long residentPeakMib,
      long residentAfterMib,
      long heapBeforeMib,
      long heapAfterMib) {}

  /**
   * @param mayBeStored orders whose calls had no answer: each is stored or not
   */
  record Outcome(Figures figures, long mayBeStored) {}

  static Outcome measure(Scene scene, double perSecond, int connections, Duration window)
      throws Exception {
    OddAnswers odd = new OddAnswers();
    long heapBefore = scene.shop().heapBytes();
    long residentBefore = scene.server().residentBytes();
    AtomicLong peak = new AtomicLong(residentBefore);
    AtomicBoolean over = new AtomicBoolean();
    Thread watch = Thread.ofPlatform().daemon().start(() -> watch(scene, peak, over));
    Measured measured;
    double settledAfter;
    try {
      measured = Load.open(perSecond, connections, window, scene.shop().acceptances(odd));
      long end = System.nanoTime();
      if (!scene.database().awaitSettled(SETTLING)) {
        throw new BenchFailure("accepted orders are still under way after " + SETTLING);
      }
      settledAfter = (System.nanoTime() - end) / 1e9;
    } finally {
      over.set(true);
      watch.join();
    }
    Memory memory =
        new Memory(
            residentBefore >> 20,
            peak.get() >> 20,
            scene.server().residentBytes() >> 20,
            heapBefore >> 20,
            scene.shop().heapBytes() >> 20);
    Figures figures =
        new Figures(
            perSecond,
            connections,
            window.toSeconds(),
            measured.succeeded(),
            measured.refused() - odd.sum(),
            odd.counts(),
            measured.perSecond(),
            measured.latency(),
            settledAfter,
            memory);
    return new Outcome(figures, odd.unanswered());
  }

  private static void watch(Scene scene, AtomicLong peak, AtomicBoolean over) {
    try {
      while (!over.get()) {
        peak.accumulateAndGet(scene.server().residentBytes(), Math::max);
        Thread.sleep(GLANCE);
      }
    } catch (IOException e) {
      System.err.println("the server's memory cannot be watched any more: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
