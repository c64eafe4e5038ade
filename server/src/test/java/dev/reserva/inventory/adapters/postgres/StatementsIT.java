package dev.reserva.inventory.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.inventory.application.OrderStep;
import dev.reserva.inventory.domain.Line;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A batch costs a fixed number of round trips, however many orders it follows. */
class StatementsIT {

  private final AtomicInteger statements = new AtomicInteger();
  private final Warehouse warehouse = new Warehouse(InventoryDatabase.fresh(this::counted));
  private final List<UUID> products =
      IntStream.range(0, 40).mapToObj(i -> warehouse.product(1_000_000)).toList();

  @Test
  void a_batch_of_any_size_costs_the_same() {
    // Lock reservations and stock and read the clock; write everything and append the facts.
    assertThat(costOfCreating(1)).isEqualTo(2);
    assertThat(costOfCreating(500)).isEqualTo(2);
  }

  @Test
  void many_products_cost_as_much_as_one() {
    int one = cost(() -> warehouse.products(1, 10));

    assertThat(cost(() -> warehouse.products(200, 10))).isEqualTo(one);
  }

  @Test
  void a_batch_of_everything_costs_the_same() {
    List<UUID> paid = create(200);
    List<UUID> cancelled = create(200);
    List<OrderStep> steps = new ArrayList<>();
    paid.forEach(order -> steps.add(new OrderStep.Paid(order, Warehouse.CAUSE)));
    cancelled.forEach(
        order -> steps.add(new OrderStep.Cancelled(order, "customer_request", Warehouse.CAUSE)));
    IntStream.range(0, 100).forEach(i -> steps.add(order(warehouse.ids.next())));

    assertThat(cost(() -> warehouse.follow(steps))).isEqualTo(2);
  }

  @Test
  void a_batch_that_was_followed_before_only_looks() {
    List<OrderStep> steps =
        IntStream.range(0, 100).mapToObj(i -> order(warehouse.ids.next())).toList();
    warehouse.follow(steps);

    assertThat(cost(() -> warehouse.follow(steps))).isEqualTo(1);
  }

  @Test
  void an_order_of_three_lines_writes_one_reservation_and_two_ledger_rows_per_line() {
    List<UUID> orders = create(100);
    long[] afterCreation = rows();
    warehouse.follow(
        orders.stream().map(order -> new OrderStep.Paid(order, Warehouse.CAUSE)).toList());
    long[] afterPayment = rows();

    assertThat(afterCreation[0]).isEqualTo(100);
    assertThat(afterPayment[0]).isEqualTo(100);
    assertThat(afterCreation[1]).isEqualTo(300);
    assertThat(afterPayment[1]).isEqualTo(600);
  }

  private int costOfCreating(int orders) {
    return cost(() -> create(orders));
  }

  private List<UUID> create(int count) {
    List<UUID> orders = IntStream.range(0, count).mapToObj(i -> warehouse.ids.next()).toList();
    warehouse.follow(orders.stream().map(this::order).toList());
    return orders;
  }

  private OrderStep order(UUID id) {
    int first = Math.floorMod(id.hashCode(), products.size() - 3);
    return Warehouse.submitted(
        id,
        new Line(products.get(first), 1),
        new Line(products.get(first + 1), 2),
        new Line(products.get(first + 2), 3));
  }

  private int cost(Runnable work) {
    int before = statements.get();
    work.run();
    return statements.get() - before;
  }

  /** Reservations, and ledger rows of orders. */
  private long[] rows() {
    return warehouse
        .database
        .sql()
        .query(
            "select (select count(*) from inventory.reservation),"
                + " (select count(*) from inventory.ledger where order_id is not null)",
            (row, number) -> new long[] {row.getLong(1), row.getLong(2)})
        .getFirst();
  }

  private DataSource counted(DataSource real) {
    return proxy(
        DataSource.class,
        real,
        (method, result) -> result instanceof Connection connection ? counted(connection) : result);
  }

  private Connection counted(Connection real) {
    return proxy(
        Connection.class,
        real,
        (method, result) ->
            result instanceof PreparedStatement statement ? counted(statement) : result);
  }

  private PreparedStatement counted(PreparedStatement real) {
    return proxy(
        PreparedStatement.class,
        real,
        (method, result) -> {
          if (method.startsWith("execute")) {
            statements.incrementAndGet();
          }
          return result;
        });
  }

  private interface Watcher {
    @Nullable Object saw(String method, @Nullable Object result);
  }

  private static <T> T proxy(Class<T> type, T real, Watcher watcher) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return watcher.saw(method.getName(), method.invoke(real, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
