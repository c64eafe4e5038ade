package dev.reserva.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Many more orders than the server can take: what it accepts, what it refuses, and its memory. */
final class Overload {
  /** So many times the best rate. */
  static final double TIMES = 3;

  private static final Duration GLANCE = Duration.ofMillis(50);

  /** What was accepted may take its time, but not for ever. */
  private static final Duration SETTLING = Duration.ofMinutes(5);

  private Overload() {}

  /**
   * @param bestPerSecond the best rate without overload, from the first order to the last one
   *     CONFIRMED
   * @param askedPerSecond orders that came by the clock, as far as connections were free
   * @param refused answered 503 with Retry-After
   * @param odd answers that are neither 201 nor that, and calls without an answer
   * @param goodputPerSecond accepted orders, divided by the time from the first call until no order
   *     was under way
   * @param acceptedMillis from when an order was due to come until it was accepted
   * @param refusalMillis from the request to its refusal
   * @param lateMillis from when an order was due until it was sent: what its buyer waited for a
   *     free connection
   * @param settledAfterSeconds from the end of the load until no order was under way
   */
  record Figures(
      double bestPerSecond,
      double askedPerSecond,
      int connections,
      long seconds,
      long accepted,
      long refused,
      Map<String, Long> odd,
      double goodputPerSecond,
      Latency acceptedMillis,
      Latency refusalMillis,
      Latency lateMillis,
      double settledAfterSeconds,
      Memory memory,
      Foreign foreign) {

    /** All calls, whatever came of them. */
    long calls() {
      return accepted + refused + odd.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Share of the calls that were refused, in percent. */
    double refusedPercent() {
      return 100.0 * refused / Math.max(1, calls());
    }

    /** The goodput in percent of the best rate. */
    double goodputPercent() {
      return 100 * goodputPerSecond / bestPerSecond;
    }
  }

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

  /**
   * Presses the server with {@link #TIMES} the best rate, then waits until all is settled.
   *
   * @param best orders per second that it takes to CONFIRMED without overload
   */
  static Outcome measure(Target target, double best, int connections, Duration window)
      throws IOException, InterruptedException {
    ServerProcess server = target.server();
    Shop shop = target.shop();
    double asked = TIMES * best;
    Rejections rejections = new Rejections();
    long heapBefore = shop.api().heapBytes();
    long residentBefore = server.residentBytes();
    AtomicLong peak = new AtomicLong(residentBefore);
    AtomicBoolean over = new AtomicBoolean();
    CpuTime before = target.cpuTime();
    Thread watch = Thread.ofPlatform().daemon().start(() -> watch(server, peak, over));
    Measured measured;
    long started = System.nanoTime();
    long loaded;
    long settled;
    try {
      measured = Load.open(asked, connections, window, shop.acceptances(rejections));
      loaded = System.nanoTime();
      if (!shop.api().awaitSettled(SETTLING)) {
        throw new BenchFailure("accepted orders are still under way after " + SETTLING);
      }
      settled = System.nanoTime();
    } finally {
      over.set(true);
      watch.join();
    }
    Figures figures =
        new Figures(
            best,
            asked,
            connections,
            window.toSeconds(),
            measured.succeeded(),
            rejections.refused(),
            rejections.odd(),
            measured.succeeded() * 1e9 / (settled - started),
            measured.latency(),
            rejections.refusalMillis(),
            measured.lateness(),
            (settled - loaded) / 1e9,
            new Memory(
                residentBefore >> 20,
                peak.get() >> 20,
                server.residentBytes() >> 20,
                heapBefore >> 20,
                shop.api().heapBytes() >> 20),
            target.cpuTime().since(before).foreign());
    return new Outcome(figures, rejections.unanswered());
  }

  private static void watch(ServerProcess server, AtomicLong peak, AtomicBoolean over) {
    try {
      while (!over.get()) {
        peak.accumulateAndGet(server.residentBytes(), Math::max);
        Thread.sleep(GLANCE);
      }
    } catch (IOException e) {
      System.err.println("the server's memory cannot be watched any more: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
