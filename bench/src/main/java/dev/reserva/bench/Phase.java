package dev.reserva.bench;

import java.io.IOException;
import java.time.Duration;

/**
 * One load on a server, from its first call until no order is under way.
 *
 * @param whole the whole duration
 * @param used CPU time during the phase
 */
public record Phase(Measured measured, Duration whole, CpuTime used) {
  /** More than the calls at a time of an open loop, even if the server stalls for a while. */
  private static final int OPEN_LOOP_CLIENTS = 512;

  private static final Duration SETTLE_TIMEOUT = Duration.ofMinutes(1);

  @FunctionalInterface
  private interface Loop {
    Measured run() throws InterruptedException;
  }

  /** Runs a closed loop. */
  public static Phase closed(Target target, int clients, Duration window, Client.Factory buyers)
      throws IOException, InterruptedException {
    return of(target, () -> Load.closed(clients, window, buyers).complete());
  }

  /** Runs whole sagas without a rate: a cold server may be slow and refuse orders. */
  public static Phase warmUp(Target target, int clients, Duration window)
      throws IOException, InterruptedException {
    return of(target, () -> Load.closed(clients, window, target.shop().wholeSagas()));
  }

  /** Runs an open loop. Some calls may be refused. */
  static Phase open(Target target, double perSecond, Duration window, Client.Factory buyers)
      throws IOException, InterruptedException {
    return of(target, () -> Load.open(perSecond, OPEN_LOOP_CLIENTS, window, buyers).withRate());
  }

  private static Phase of(Target target, Loop loop) throws IOException, InterruptedException {
    CpuTime before = target.cpuTime();
    long started = System.nanoTime();
    Measured measured = loop.run();
    if (!target.shop().api().awaitSettled(SETTLE_TIMEOUT)) {
      throw new BenchFailure("orders are still under way after " + SETTLE_TIMEOUT);
    }
    Duration whole = Duration.ofNanos(System.nanoTime() - started);
    return new Phase(measured, whole, target.cpuTime().since(before));
  }

  /** All orders of the load. */
  public long orders() {
    return measured.succeeded();
  }

  /** Orders per second, from the first call until the last order was CONFIRMED. */
  double confirmedPerSecond() {
    return orders() * 1e9 / whole.toNanos();
  }

  /** CPU time of each order. */
  public CpuTime.PerOrder cpuPerOrder() {
    return used.perOrder(orders());
  }
}
