package dev.reserva.sales.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.Cause;
import dev.reserva.platform.privacy.TestKeys;
import dev.reserva.sales.application.FollowCustomers;
import dev.reserva.sales.application.FollowCustomers.CustomerChange;
import dev.reserva.sales.application.FollowCustomers.CustomerChange.Kind;
import dev.reserva.sales.application.MoveOutcome;
import dev.reserva.sales.application.OrderCommand;
import dev.reserva.sales.application.OrderRequest;
import dev.reserva.sales.application.PlaceOrders;
import dev.reserva.sales.application.PlaceOrders.Outcome;
import dev.reserva.sales.application.Scope;
import dev.reserva.sales.application.SubmitDraft;
import dev.reserva.sales.domain.Basket;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import dev.reserva.sales.domain.Quantity;
import dev.reserva.sales.domain.TaxMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Orders that a customer's login places at once in transactions of their own, as two processes do.
 */
class LimitHoldsIT {

  private static final int ROUNDS = 10;
  private static final int AT_ONCE = 12;
  private static final Product MOUSE =
      new Product(new UUID(1, 1), "MOUSE", "Mouse", Money.of("10.00", "BRL"), true);

  @SuppressWarnings("NullAway.Init") // set before any test
  private static SalesDatabase database;

  @BeforeAll
  static void open() {
    database = new SalesDatabase();
    database.run(tx -> new PostgresProducts().save(List.of(MOUSE), tx));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void no_more_orders_placed_at_once_pass_than_the_limit_admits() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      UUID customer = customer();
      List<Outcome> outcomes = race(() -> place(customer, 1, false));
      assertThat(outcomes).filteredOn(Outcome.Placed.class::isInstance).hasSize(3);
      assertThat(held(customer)).isEqualTo("3 orders, 3 units");
    }
  }

  @Test
  void no_more_units_ordered_at_once_are_held_than_the_limit_admits() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      UUID customer = customer();
      List<Outcome> outcomes = race(() -> place(customer, 9, false));
      assertThat(outcomes).filteredOn(Outcome.Placed.class::isInstance).hasSize(2);
      assertThat(held(customer)).isEqualTo("2 orders, 18 units");
    }
  }

  @Test
  void drafts_submitted_at_once_with_orders_placed_at_once_pass_no_limit() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      UUID customer = customer();
      List<UUID> drafts =
          IntStream.range(0, AT_ONCE)
              .mapToObj(_ -> ((Outcome.Placed) place(customer, 1, true)).order().state().id())
              .toList();
      var submitDraft =
          new SubmitDraft(
              new PostgresOrders(),
              new PostgresProducts(),
              new PostgresCustomers(TestKeys.subjectKeys()),
              database.limitHolds(),
              TaxMode.INCLUDED);
      List<Callable<Boolean>> contestants = new ArrayList<>();
      for (UUID draft : drafts) {
        contestants.add(() -> place(customer, 1, false) instanceof Outcome.Placed);
        contestants.add(() ->
            database.call(tx ->
                submitDraft.submit(
                    OrderCommand.any(draft, Scope.of(customer), Cause.of("c")), null, tx))
                instanceof MoveOutcome.Done);
      }
      assertThat(race(contestants)).filteredOn(won -> won).hasSize(3);
      assertThat(held(customer)).isEqualTo("3 orders, 3 units");
    }
  }

  @Test
  void orders_of_several_customers_and_changes_of_these_never_wait_in_a_circle() throws Exception {
    List<UUID> customers = IntStream.range(0, 6).mapToObj(_ -> customer()).toList();
    List<Callable<Boolean>> contestants = new ArrayList<>();
    for (int seed = 0; seed < 8; seed++) {
      var random = new Random(seed);
      boolean places = seed % 2 == 0;
      contestants.add(() -> {
        for (int round = 0; round < 10; round++) {
          var shuffled = new ArrayList<>(customers);
          Collections.shuffle(shuffled, random);
          if (places) {
            database.run(tx -> placeOrders().place(requests(shuffled), tx));
          } else {
            database.run(tx ->
                new FollowCustomers(new PostgresCustomers(TestKeys.subjectKeys()))
                    .follow(changes(shuffled), tx));
          }
        }
        return true;
      });
    }
    race(contestants);

    assertThat(database.deadlocks()).isZero();
  }

  private static List<OrderRequest> requests(List<UUID> customers) {
    return customers.stream().map(customer -> request(customer, 1, false)).toList();
  }

  /** Some verified, some deactivated. */
  private static List<CustomerChange> changes(List<UUID> customers) {
    List<CustomerChange> changes = new ArrayList<>();
    for (UUID customer : customers) {
      changes.add(
          new CustomerChange(customer, changes.size() % 2 == 0 ? Kind.VERIFIED : Kind.DEACTIVATED));
    }
    return changes;
  }

  private static UUID customer() {
    UUID customer = UUID.randomUUID();
    database.run(tx -> new PostgresCustomers(TestKeys.subjectKeys()).add(List.of(customer), tx));
    return customer;
  }

  private static PlaceOrders placeOrders() {
    return new PlaceOrders(
        new PostgresOrders(),
        new PostgresProducts(),
        new PostgresCustomers(TestKeys.subjectKeys()),
        database.numbers(),
        database.limitHolds(),
        database.ids(),
        TaxMode.INCLUDED);
  }

  private static OrderRequest request(UUID customer, int units, boolean draft) {
    var basket =
        new Basket(List.of(new Basket.Item(new ProductRef.BySku("MOUSE"), new Quantity(units))));
    return new OrderRequest(customer, basket, null, null, draft, null, true, Cause.of("request"));
  }

  private static Outcome place(UUID customer, int units, boolean draft) {
    OrderRequest request = request(customer, units, draft);
    return database.call(tx -> placeOrders().place(List.of(request), tx).getFirst());
  }

  /** What the tables say, whatever the program counts. */
  private static String held(UUID customer) {
    return database
        .rows(
            """
            select count(distinct o.id) || ' orders, ' || sum(l.quantity) || ' units'
            from sales.order o join sales.order_line l on l.order_id = o.id
            where o.customer_id = '%s' and o.under_way_since is not null
            """
                .formatted(customer))
        .getFirst();
  }

  private static <T> List<T> race(Callable<T> each) throws Exception {
    return race(IntStream.range(0, AT_ONCE).mapToObj(_ -> each).toList());
  }

  private static <T> List<T> race(List<Callable<T>> contestants) throws Exception {
    var start = new CyclicBarrier(contestants.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> contestant : contestants) {
        running.add(
            threads.submit(() -> {
              start.await();
              return contestant.call();
            }));
      }
      List<T> outcomes = new ArrayList<>();
      for (Future<T> one : running) {
        outcomes.add(one.get());
      }
      return outcomes;
    }
  }
}
