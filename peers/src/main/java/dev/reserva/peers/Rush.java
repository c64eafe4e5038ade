package dev.reserva.peers;

import dev.reserva.bench.BenchFailure;
import dev.reserva.harness.HttpConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * More buyers than units: each orders one unit of both scarce products. Every second buyer orders
 * them in the opposite order, in which locks without a fixed order deadlock.
 *
 * @param buyers number of orders
 * @param units in stock of each of the two products
 * @param atOnce number of concurrent orders
 */
record Rush(int buyers, int units, int atOnce) {
  /** After this time the rush fails, because the shop is too slow for a comparison. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  Rush {
    if (units < 1 || buyers <= units) {
      throw new IllegalArgumentException(
          "there must be more buyers than units, were %d and %d".formatted(buyers, units));
    }
  }

  /** Number of orders by decision. */
  record Answers(long confirmed, long cancelled) {}

  /**
   * Places all orders.
   *
   * @throws BenchFailure if an order has no decision
   */
  Answers on(Storefront storefront, String one, String other) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    long end = System.nanoTime() + LIMIT.toNanos();
    List<Future<Answers>> parts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < atOnce; i++) {
        parts.add(threads.submit(() -> order(storefront, one, other, next, end)));
      }
      long confirmed = 0;
      long cancelled = 0;
      for (Future<Answers> part : parts) {
        confirmed += part.get().confirmed;
        cancelled += part.get().cancelled;
      }
      return new Answers(confirmed, cancelled);
    } catch (ExecutionException e) {
      throw new BenchFailure("the rush failed: " + e.getCause(), e);
    }
  }

  private Answers order(
      Storefront storefront, String one, String other, AtomicInteger next, long end)
      throws Exception {
    long confirmed = 0;
    long cancelled = 0;
    try (HttpConnection connection = storefront.connect()) {
      for (int i = next.getAndIncrement(); i < buyers; i = next.getAndIncrement()) {
        if (System.nanoTime() > end) {
          throw new BenchFailure(
              "after %s only %d of %d orders were decided".formatted(LIMIT, i, buyers));
        }
        boolean inOrder = i % 2 == 0;
        switch (storefront.order(connection, inOrder ? one : other, inOrder ? other : one)) {
          case CONFIRMED -> confirmed++;
          case CANCELLED -> cancelled++;
        }
      }
    }
    return new Answers(confirmed, cancelled);
  }
}
