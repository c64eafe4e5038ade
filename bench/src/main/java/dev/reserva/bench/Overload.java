package dev.reserva.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Measures the server under more orders than it can handle: acceptance, refusals and memory. */
final class Overload {
  /** The rate of orders, as a multiple of the best rate. */
  static final double TIMES = 3;

  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  /** Time-out until all accepted orders are decided. */
  private static final Duration SETTLE_TIMEOUT = Duration.ofMinutes(5);

  private Overload() {}

  /**
   * @param bestPerSecond the best rate without overload, from the first order to the last one
   *     CONFIRMED
   * @param askedPerSecond orders that were due by the clock
   * @param refused orders that were answered 503 with Retry-After
   * @param odd other answers than 201 and these refusals, and calls without an answer
   * @param goodputPerSecond accepted orders, divided by the time from the first call until no order
   *     was under way
   * @param acceptedMillis from the time at which an order was due until it was accepted
   * @param refusalMillis from the request to its refusal
   * @param lateMillis from the time at which an order was due until it was sent: the wait for a
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
      ForeignCpu foreign) {

    /** All calls. */
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

  /** Memory of the server's JVM. The heap includes garbage that is not collected yet. */
  record Memory(
      long residentBeforeMib,
      long residentPeakMib,
      long residentAfterMib,
      long heapBeforeMib,
      long heapAfterMib) {}

  /**
   * @param mayBeStored orders whose calls had no answer; each may be stored or not
   */
  record Outcome(Figures figures, long mayBeStored) {}

  /**
   * Sends {@link #TIMES} times the best rate of orders, then waits until all are decided.
   *
   * @param best orders per second that become CONFIRMED without overload
   */
  static Outcome measure(
      ServerProcess server, Target target, double best, int connections, Duration window)
      throws IOException, InterruptedException {
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
      if (!shop.api().awaitSettled(SETTLE_TIMEOUT)) {
        throw new BenchFailure("accepted orders are still under way after " + SETTLE_TIMEOUT);
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
        Thread.sleep(POLL_INTERVAL);
      }
    } catch (IOException e) {
      System.err.println("cannot read the server's memory any more: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
