package dev.reserva.bench;

import java.io.IOException;
import java.time.Duration;

/**
 * One load on a server, from its first call until no order is under way any more.
 *
 * @param whole from the first call until then
 * @param used CPU time meanwhile
 */
record Phase(Measured measured, Duration whole, CpuTime used) {
  /** More calls than an open loop has under way, even if the server stalls for a while. */
  private static final int OPEN_LOOP_CLIENTS = 512;

  private static final Duration SETTLING = Duration.ofMinutes(1);

  @FunctionalInterface
  private interface Loop {
    Measured run() throws InterruptedException;
  }

  /** Each client calls again as soon as its last call is answered. */
  static Phase closed(Target target, int clients, Duration window, Client.Door door)
      throws IOException, InterruptedException {
    return of(target, () -> Load.closed(clients, window, door).complete());
  }

  /** Whole sagas whose rate does not matter: a cold server may be slow, and turn buyers away. */
  static Phase warmUp(Target target, int clients, Duration window)
      throws IOException, InterruptedException {
    return of(target, () -> Load.closed(clients, window, target.shop().wholeSagas()));
  }

  /** Calls start by the clock; some may be refused. */
  static Phase open(Target target, double perSecond, Duration window, Client.Door door)
      throws IOException, InterruptedException {
    return of(target, () -> Load.open(perSecond, OPEN_LOOP_CLIENTS, window, door).withRate());
  }

  private static Phase of(Target target, Loop loop) throws IOException, InterruptedException {
    CpuTime before = target.cpuTime();
    long started = System.nanoTime();
    Measured measured = loop.run();
    if (!target.shop().api().awaitSettled(SETTLING)) {
      throw new BenchFailure("orders are still under way after " + SETTLING);
    }
    Duration whole = Duration.ofNanos(System.nanoTime() - started);
    return new Phase(measured, whole, target.cpuTime().since(before));
  }

  /** All orders of the load. */
  long orders() {
    return measured.succeeded();
  }

  /** Orders per second, from the first call until the last order was CONFIRMED. */
  double confirmedPerSecond() {
    return orders() * 1e9 / whole.toNanos();
  }

  /** CPU time of each order. */
  CpuTime.PerOrder cpuPerOrder() {
    return used.perOrder(orders());
  }
}
