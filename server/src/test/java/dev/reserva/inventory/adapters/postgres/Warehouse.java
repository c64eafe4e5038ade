package dev.reserva.inventory.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.inventory.application.AdjustStock;
import dev.reserva.inventory.application.CreateProduct;
import dev.reserva.inventory.application.ExpireReservations;
import dev.reserva.inventory.application.FollowOrders;
import dev.reserva.inventory.application.OrderStep;
import dev.reserva.inventory.application.ReserveStock;
import dev.reserva.inventory.application.ResolveReservation;
import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.inventory.domain.Basket;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.ReserveOutcome;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** The use cases on a database, with helpers for tests of races and plans. */
final class Warehouse {

  static final Cause CAUSE = Cause.of("test");
  static final TimeToLive TTL = new TimeToLive(900);
  private static final Duration LONGEST_WAIT = Duration.ofDays(180);

  final InventoryDatabase database;
  final Transactions transactions;
  final Ids ids = Ids.timeOrdered();
  final AdjustStock adjustStock;
  final ReserveStock reserveStock;
  final FollowOrders followOrders;
  final ResolveReservation resolveReservation;
  final ExpireReservations expireReservations;

  Warehouse(InventoryDatabase database) {
    this.database = database;
    this.transactions = database.transactions();
    var reservations = database.reservations();
    var stocks = database.stocks();
    this.adjustStock = new AdjustStock(reservations, stocks, ids);
    this.reserveStock =
        new ReserveStock(
            reservations, stocks, database.bundles(), ids, AllocationStrategy.PRIORITY);
    this.followOrders =
        new FollowOrders(
            reservations,
            stocks,
            new PostgresReturns(),
            ids,
            AllocationStrategy.PRIORITY,
            TTL,
            LONGEST_WAIT);
    this.resolveReservation = new ResolveReservation(reservations, stocks, ids);
    this.expireReservations = new ExpireReservations(reservations, stocks, ids, 500);
  }

  UUID product(int stock) {
    return products(1, stock).getFirst();
  }

  /** Products that are made in one transaction, each with so much in stock. */
  List<UUID> products(int count, int stock) {
    List<CreateProduct.Command> commands =
        IntStream.range(0, count)
            .mapToObj(i ->
                new CreateProduct.Draft(
                    new Sku("SKU-" + UUID.randomUUID()),
                    new ProductName("Thing"),
                    Description.NONE,
                    Category.NONE,
                    Money.of("1.00", "BRL"),
                    new PhysicalStock(stock),
                    LocationCode.MAIN,
                    MinStock.NONE))
            .map(draft -> new CreateProduct.Command(draft, "ana", CAUSE))
            .toList();
    var createProduct =
        new CreateProduct(
            database.products(), database.locations(), database.bundles(), adjustStock, ids);
    return transactions.call(tx -> createProduct.create(commands, tx)).stream()
        .map(outcome -> ((CreateProduct.Created) outcome).product().product().id())
        .toList();
  }

  /** Reserves for one caller in a transaction of its own. */
  ReserveOutcome reserve(UUID order, Line... lines) {
    return reserve(List.of(command(order, lines))).getFirst();
  }

  List<ReserveOutcome> reserve(List<ReserveStock.Command> commands) {
    return transactions.call(tx -> reserveStock.reserve(commands, tx));
  }

  static ReserveStock.Command command(UUID order, Line... lines) {
    return new ReserveStock.Command(order, new Basket(List.of(lines)), TTL, CAUSE);
  }

  static OrderStep submitted(UUID order, Line... lines) {
    return new OrderStep.Submitted(order, new Basket(List.of(lines)), CAUSE);
  }

  void follow(List<? extends OrderStep> steps) {
    transactions.run(tx -> followOrders.follow(List.copyOf(steps), tx));
  }

  /** Deadlocks that PostgreSQL had to break in this database. */
  long deadlocks() {
    Long count =
        database
            .sql()
            .queryForObject(
                "select deadlocks from pg_stat_database where datname = current_database()",
                Long.class);
    return count == null ? -1 : count;
  }

  /** Starts all tasks at the same moment and waits for all. A failure of one fails the test. */
  static <T> List<T> race(List<Callable<T>> contestants) throws Exception {
    var start = new CyclicBarrier(contestants.size());
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> contestant : contestants) {
        futures.add(
            executor.submit(() -> {
              start.await();
              return contestant.call();
            }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }
}
