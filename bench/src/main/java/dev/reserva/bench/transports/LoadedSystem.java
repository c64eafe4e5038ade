package dev.reserva.bench.transports;

import dev.reserva.bench.Bench;
import dev.reserva.bench.BenchFailure;
import dev.reserva.bench.CpuTime;
import dev.reserva.bench.Phase;
import dev.reserva.bench.PhaseOutcome;
import dev.reserva.bench.Proof;
import dev.reserva.bench.Shop;
import dev.reserva.bench.Target;
import dev.reserva.bench.Verified;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A system with a shop, and the orders that it has accepted so far. */
final class LoadedSystem {
  /** The integrity check reads all orders of the run. */
  static final Duration INTEGRITY_TIMEOUT = Duration.ofMinutes(10);

  private static final Duration ORDERABLE_TIMEOUT = Duration.ofMinutes(2);

  private final MeasuredSystem system;
  private final Shop shop;
  private long accepted;

  private LoadedSystem(MeasuredSystem system, Shop shop, long accepted) {
    this.system = system;
    this.shop = shop;
    this.accepted = accepted;
  }

  /** Creates the products, and waits until all can be ordered. */
  static LoadedSystem create(MeasuredSystem system, int skus)
      throws IOException, InterruptedException {
    Shop shop = Shop.create(system.url(), system.adminPassword(), skus);
    return new LoadedSystem(system, shop, shop.orderEach(ORDERABLE_TIMEOUT));
  }

  MeasuredSystem system() {
    return system;
  }

  Shop shop() {
    return shop;
  }

  /**
   * Runs whole sagas until the JVMs have compiled the hot code.
   *
   * @param resting another system that runs; absent if there is none
   */
  void warmUp(@Nullable LoadedSystem resting, int clients, Duration window)
      throws IOException, InterruptedException {
    accepted += Phase.warmUp(target(resting), clients, window).orders();
  }

  /** Measures whole sagas in a closed loop. */
  PhaseOutcome sagas(LoadedSystem resting, int clients, Duration window)
      throws IOException, InterruptedException {
    Map<String, Duration> before = system.cpu();
    Phase phase = Phase.closed(target(resting), clients, window, shop.wholeSagas());
    Map<String, Duration> after = system.cpu();
    long orders = phase.orders();
    accepted += orders;
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("orders/s", phase.measured().perSecond());
    figures.put("p50 ms", phase.measured().latency().p50());
    figures.put("p99 ms", phase.measured().latency().p99());
    figures.put("CPU µs/order", micros(total(after).minus(total(before)), orders));
    after.forEach((process, used) ->
        figures.put(
            process + " µs/order",
            micros(used.minus(before.getOrDefault(process, Duration.ZERO)), orders)));
    return new PhaseOutcome(figures, orders, phase.used().foreign());
  }

  private static double micros(Duration time, long orders) {
    return orders == 0 ? 0 : time.toNanos() / 1000.0 / orders;
  }

  private Target target(@Nullable LoadedSystem resting) {
    return new Target(shop, () -> cpuTime(resting));
  }

  private CpuTime cpuTime(@Nullable LoadedSystem resting) throws IOException {
    Map<String, Duration> used = system.cpu();
    Duration database = used.getOrDefault(MeasuredSystem.DATABASE, Duration.ZERO);
    return CpuTime.now(
        total(used).minus(database),
        database,
        resting == null ? Duration.ZERO : total(resting.system.cpu()));
  }

  private static Duration total(Map<String, Duration> cpu) {
    return cpu.values().stream().reduce(Duration.ZERO, Duration::plus);
  }

  /** Waits until nothing is under way, events included. */
  void settle() throws IOException, InterruptedException {
    if (!shop.api().awaitSettled(Bench.SETTLE_TIMEOUT)
        || !shop.api().awaitCaughtUp(Bench.SETTLE_TIMEOUT)) {
      throw new BenchFailure(
          "%s has orders or events under way after %s"
              .formatted(system.kind().title(), Bench.SETTLE_TIMEOUT));
    }
  }

  /** Checks that every accepted order was confirmed, and that all invariants hold. */
  Verified verify() throws IOException, InterruptedException {
    settle();
    return Proof.of(
        shop.api().ordersByStatus(), accepted, 0, shop.api().integrity(INTEGRITY_TIMEOUT));
  }
}
