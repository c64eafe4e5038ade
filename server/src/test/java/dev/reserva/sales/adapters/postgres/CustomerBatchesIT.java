package dev.reserva.sales.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.privacy.TestKeys;
import dev.reserva.sales.application.Customers;
import dev.reserva.sales.application.FollowCustomers;
import dev.reserva.sales.application.FollowCustomers.CustomerChange;
import dev.reserva.sales.application.FollowCustomers.CustomerChange.Kind;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two batches of events about the same customers at once, as when a batch is handled again. */
class CustomerBatchesIT {

  private static final int ROUNDS = 20;
  private static final int CUSTOMERS = 1_000;

  private static final String ADD_ORDERS =
      """
      insert into sales.order (id, number, customer_id, status, total, currency, note, created_at, updated_at, version,
        correlation_id)
      select gen_random_uuid(), nextval('customer_batches'), id, 'DRAFT', 15, 'BRL', 'ring twice', now(), now(), 1, 'c'
      from unnest(?) as id
      """;

  @SuppressWarnings("NullAway.Init") // set before any test
  private static SalesDatabase database;

  private final FollowCustomers following =
      new FollowCustomers(new PostgresCustomers(TestKeys.subjectKeys()));

  @BeforeAll
  static void open() {
    database = new SalesDatabase();
    database.execute("create sequence customer_batches start 1000000000");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void changes_of_customers_in_opposite_order_never_wait_in_a_circle() throws Exception {
    raceBothWays(false, (customers, tx) -> following.follow(changes(customers, Kind.values()), tx));
  }

  @Test
  void new_customers_in_opposite_order_never_wait_in_a_circle() throws Exception {
    raceBothWays(false, (customers, tx) -> following.follow(changes(customers, Kind.KNOWN), tx));
  }

  @Test
  void requests_for_erasure_in_opposite_order_never_wait_in_a_circle() throws Exception {
    raceBothWays(
        false, (customers, tx) -> following.followErasures(requests(customers), List.of(), tx));
  }

  @Test
  void erasures_in_opposite_order_never_wait_in_a_circle_and_erase_all() throws Exception {
    raceBothWays(true, (customers, tx) -> following.followErasures(List.of(), customers, tx));

    assertThat(
            database.rows(
                "select count(*)::text from sales.erasure e join sales.order o using (customer_id)"
                    + " where e.erased_at is null or o.note is not null"))
        .containsExactly("0");
  }

  /**
   * Handles each batch in two transactions at once, in one of them from its end.
   *
   * @param requested whether the customers have orders and have asked for their erasure before
   */
  private void raceBothWays(boolean requested, BiConsumer<List<UUID>, UnitOfWork> batch)
      throws Exception {
    List<List<UUID>> rounds = Stream.generate(CustomerBatchesIT::customers).limit(ROUNDS).toList();
    if (requested) {
      database.run(tx ->
          rounds.forEach(round -> {
            Statements.of(tx).write(ADD_ORDERS, (Object) round.toArray(UUID[]::new));
            following.followErasures(requests(round), List.of(), tx);
          }));
    }
    int before = database.deadlocks();
    var start = new CyclicBarrier(2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running =
          Stream.<Boolean>of(false, true)
              .<Future<?>>map(backwards ->
                  threads.submit(() -> {
                    for (List<UUID> round : rounds) {
                      List<UUID> customers = backwards ? round.reversed() : round;
                      start.await();
                      database.run(tx -> batch.accept(customers, tx));
                    }
                    return null;
                  }))
              .toList();
      for (Future<?> one : running) {
        one.get();
      }
    }
    assertThat(database.deadlocks()).as("deadlocks").isEqualTo(before);
  }

  private static List<UUID> customers() {
    return Stream.generate(UUID::randomUUID).limit(CUSTOMERS).toList();
  }

  /** One change of each customer, of any of the kinds. */
  private static List<CustomerChange> changes(List<UUID> customers, Kind... kinds) {
    return customers.stream()
        .map(customer ->
            new CustomerChange(customer, kinds[Math.floorMod(customer.hashCode(), kinds.length)]))
        .toList();
  }

  private static List<Customers.Erasure> requests(List<UUID> customers) {
    return customers.stream()
        .map(customer -> new Customers.Erasure(customer, Cause.of("request")))
        .toList();
  }
}
