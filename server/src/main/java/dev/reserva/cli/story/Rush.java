package dev.reserva.cli.story;

import dev.reserva.cli.Table;
import dev.reserva.cli.api.Customer;
import dev.reserva.cli.api.Order;
import dev.reserva.cli.api.ReservaApi;
import dev.reserva.cli.api.UnexpectedReply;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The step in which many buyers want few mice at the same moment. */
final class Rush {
  static final int MICE = 50;
  private static final int BUYERS = 200;

  private final ReservaApi api;
  private final Scene scene;
  private final Purchases purchases;

  Rush(ReservaApi api, Scene scene, Purchases purchases) {
    this.api = api;
    this.scene = scene;
    this.purchases = purchases;
  }

  void play(Shop shop) {
    scene.title("%d buyers for %d mice at once".formatted(BUYERS, MICE));
    List<Customer> buyers = atOnce(purchases::buyer);
    long started = System.nanoTime();
    List<Order> orders =
        atOnce(i ->
            purchases.place(
                buyers.get(i), Purchases.approved(), Purchases.wanted(shop.mouse(), 1)));
    double seconds = (System.nanoTime() - started) / 1e9;
    List<Order> decided =
        orders.stream()
            .map(order -> scene.await(() -> api.order(order.id()), now -> !now.underWay()))
            .toList();
    Map<String, Long> outcomes =
        decided.stream()
            .collect(Collectors.groupingBy(Order::outcome, TreeMap::new, Collectors.counting()));
    Table table = Table.of("outcome", "orders");
    outcomes.forEach(table::row);
    scene.show(table);
    scene.say("All of them were answered within %.1f s.".formatted(seconds));
    scene.expect(
        "outcomes",
        Map.of("CONFIRMED", (long) MICE, "CANCELLED (out_of_stock)", (long) (BUYERS - MICE)),
        outcomes);
    scene.expectStock(shop.mouse().id(), 0, 0);
    scene.showStock(shop.products());
  }

  /** Runs the same task for every buyer, all at the same time. */
  private static <T> List<T> atOnce(Function<Integer, T> work) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<T>> tasks =
          IntStream.range(0, BUYERS).<Callable<T>>mapToObj(i -> () -> work.apply(i)).toList();
      return threads.invokeAll(tasks).stream().map(Rush::result).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnexpectedReply("interrupted", e);
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnexpectedReply("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnexpectedReply reply) {
        throw reply;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
