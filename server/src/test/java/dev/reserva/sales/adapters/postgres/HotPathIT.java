package dev.reserva.sales.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.FinancialEvent;
import dev.reserva.contracts.InventoryEvent;
import dev.reserva.contracts.Money;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.privacy.TestKeys;
import dev.reserva.sales.adapters.messaging.SalesMessages;
import dev.reserva.sales.application.AwaitOrder;
import dev.reserva.sales.application.FollowCustomers;
import dev.reserva.sales.application.FollowLocations;
import dev.reserva.sales.application.FollowOrders;
import dev.reserva.sales.application.FollowProducts;
import dev.reserva.sales.application.FollowReturns;
import dev.reserva.sales.application.OrderRequest;
import dev.reserva.sales.application.Orders.Filter;
import dev.reserva.sales.application.Orders.Listed;
import dev.reserva.sales.application.Orders.Search;
import dev.reserva.sales.application.PlaceOrders;
import dev.reserva.sales.domain.Basket;
import dev.reserva.sales.domain.Deadlines;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import dev.reserva.sales.domain.Quantity;
import dev.reserva.sales.domain.TaxMode;
import dev.reserva.sales.domain.TotalRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The database work of one order among 100,000 others. */
class HotPathIT {

  private static final int GROUP = 500;
  private static final UUID ANNA = new UUID(0x7000, 1);
  private static final UUID RESERVATION = new UUID(0x7000, 2);
  private static final UUID PAYMENT = new UUID(0x7000, 3);
  private static final Product MOUSE =
      new Product(new UUID(1, 1), "MOUSE", "Mouse", Money.of("10.00", "BRL"), true);
  private static final Product MAT =
      new Product(new UUID(1, 2), "MAT", "Mat", Money.of("5.00", "BRL"), true);

  /** Settled long ago, made in order of their ids as real ones are. */
  private static final String OTHERS =
      """
      insert into sales.order (id, number, customer_id, status, total, currency, reservation_id, reservation_status, payment_id,
        payment_status, created_at, updated_at, version, correlation_id)
      select (lpad(to_hex(1700000000000 + n), 12, '0') || '7000' || lpad(to_hex(n), 16, '8'))::uuid, 1000000000 + n, gen_random_uuid(),
        'CONFIRMED', 15, 'BRL', gen_random_uuid(), 'CONFIRMED', gen_random_uuid(), 'SUCCEEDED',
        now() - interval '2 years', now() - interval '2 years', 4, 'c'
      from generate_series(1, 100000) n
      """;

  @SuppressWarnings("NullAway.Init") // set before any test
  private static SalesDatabase database;

  private final PostgresOrders orders = new PostgresOrders();
  private final SalesMessages ears =
      new SalesMessages(
          new FollowOrders(orders, new AwaitOrder(1)),
          new FollowProducts(new PostgresProducts()),
          new FollowCustomers(new PostgresCustomers(TestKeys.subjectKeys())),
          new FollowReturns(new PostgresReturns()),
          new FollowLocations(new PostgresLocations()));

  @BeforeAll
  static void open() {
    database = new SalesDatabase();
    database.execute(OTHERS);
    database.execute(
        """
        insert into sales.order_line select id, 1, gen_random_uuid(), 'S', 'N', 1, 15 from sales.order
        """);
    database.execute("vacuum analyze sales.order");
    database.execute("vacuum analyze sales.order_line");
    database.run(tx -> {
      new PostgresProducts().save(List.of(MOUSE, MAT), tx);
      new PostgresCustomers(TestKeys.subjectKeys()).add(List.of(ANNA), tx);
    });
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void a_group_of_500_orders_is_placed_and_followed_in_as_many_statements_as_one() {
    takeNumbers(2 * GROUP);
    assertThat(costOf(1)).isEqualTo(costOf(GROUP)).isEqualTo(List.of(6, 3, 4, 4, 4));
  }

  @Test
  void orders_of_customers_own_logins_cost_four_statements_more_whatever_their_number() {
    takeNumbers(2 * GROUP);
    int staff = count(tx -> placeOrders().place(requests(1), tx));
    assertThat(List.of(1, GROUP))
        .extracting(size -> count(tx -> placeOrders().place(requests(size, true), tx)))
        .as("lock the customers, count orders, units and what was given up")
        .containsOnly(staff + 4);
  }

  @Test
  void numbers_cost_one_statement_in_a_thousand_orders_and_no_round_trip() {
    takeNumbers(1);
    int before = count(tx -> placeOrders().place(requests(1), tx));
    int statements = 0;
    for (int group = 0; group < 2 * PostgresOrderNumbers.BLOCK / GROUP; group++) {
      statements += count(tx -> placeOrders().place(requests(GROUP), tx));
    }
    assertThat(statements).isLessThanOrEqualTo(2 * PostgresOrderNumbers.BLOCK / GROUP * before + 2);
  }

  /** Lets so many numbers be in memory. */
  private static void takeNumbers(int most) {
    assertThat(database.<Boolean>call(tx -> database.numbers().draw(most, tx).get().hasNext()))
        .isTrue();
  }

  /**
   * Statements for placing, reserving, paying and confirming, and for handling all events again.
   * The lines of a paid or confirmed order are read together with its lock.
   */
  private List<Integer> costOf(int size) {
    List<UUID> ids = new ArrayList<>();
    List<Integer> statements = new ArrayList<>();
    statements.add(
        count(tx -> {
          for (var outcome : placeOrders().place(requests(size), tx)) {
            ids.add(((PlaceOrders.Outcome.Placed) outcome).order().state().id());
          }
        }));
    statements.add(count(tx -> ears.handle(reserved(ids), tx)));
    statements.add(count(tx -> ears.handle(approved(ids), tx)));
    statements.add(count(tx -> ears.handle(confirmed(ids), tx)));
    List<Message> again = new ArrayList<>(reserved(ids));
    again.addAll(approved(ids));
    again.addAll(confirmed(ids));
    statements.add(count(tx -> ears.handle(again, tx)) + 1);
    return statements;
  }

  @Test
  void an_order_that_goes_on_in_the_transaction_that_placed_it_is_not_looked_up_and_written_once() {
    long updates = statistic("n_tup_upd");
    takeNumbers(GROUP);
    List<UUID> ids = new ArrayList<>();
    int statements =
        count(tx -> {
          for (var outcome : placeOrders().place(requests(GROUP), tx)) {
            ids.add(((PlaceOrders.Outcome.Placed) outcome).order().state().id());
          }
          ears.handle(reserved(ids), tx);
          ears.handle(approved(ids), tx);
        });
    assertThat(statements).as("place and save, and each time the clock").isEqualTo(8);
    assertThat(statistic("n_tup_upd")).isEqualTo(updates);
  }

  @Test
  void on_its_way_to_paid_an_order_stays_on_its_page() {
    List<UUID> ids = place(GROUP);
    long updates = statistic("n_tup_upd");
    long hot = statistic("n_tup_hot_upd");
    database.run(tx -> ears.handle(reserved(ids), tx));
    database.run(tx -> ears.handle(approved(ids), tx));
    assertThat(statistic("n_tup_upd") - updates).isEqualTo(2L * GROUP);
    assertThat(statistic("n_tup_hot_upd") - hot).isGreaterThan(2L * GROUP * 8 / 10);
  }

  @Test
  void no_hot_statement_reads_the_whole_table() {
    List<UUID> ids = place(GROUP);
    UUID[] some = ids.toArray(UUID[]::new);
    assertThat(plan(PostgresOrders.LOCK, (Object) some)).doesNotContain("Seq Scan");
    assertThat(plan(PostgresOrders.LINES, (Object) some)).doesNotContain("Seq Scan on order_line");
    assertThat(plan(PostgresOrders.LINES_OWN, some, ANNA))
        .contains("InitPlan")
        .doesNotContain("Seq Scan on order_line");
    Instant now = Instant.now();
    assertThat(plan(PostgresOrders.LOCK_LATE, now, now, now, now, 200)).contains("order_under_way");
    assertThat(plan(PostgresOrders.LATE, now, now, now, now, ANNA, ANNA, 200))
        .contains("order_under_way")
        .doesNotContain("Seq Scan");
    assertThat(plan(PostgresOrders.FIND_ALL, (Object) some)).doesNotContain("Seq Scan");
    assertThat(
            plan(
                "select * from sales.order where settled = ? order by id desc limit ?",
                "FAILED",
                50))
        .contains("order_settled");
    assertThat(plan("select * from sales.order where number = ? order by id desc limit 50", 7L))
        .contains("order_by_number");
    assertThat(
            plan(
                "select * from sales.order where customer_id = ? order by id desc limit ?",
                ANNA,
                50))
        .contains("order_customer");
    assertThat(
            plan(
                "select * from sales.order where under_way_since is not null and status = ? "
                    + "order by id desc limit ?",
                "PAID",
                50))
        .contains("order_under_way");
  }

  @Test
  void what_customers_hold_is_found_by_indexes_of_such_orders_only() {
    UUID[] customers = {ANNA};
    UUID[] products = {MOUSE.id()};
    assertThat(plan(UnpaidOrders.COUNT, (Object) customers)).contains("order_held_by_customer");
    assertThat(plan(UnpaidOrders.UNITS, products, customers))
        .contains("order_held_by_customer", "order_line_pkey")
        .doesNotContain("Seq Scan");
    assertThat(plan(UnpaidOrders.GIVEN_UP, customers, ANNA, Instant.now(), 10))
        .contains("order_given_up")
        .doesNotContain("Seq Scan");
  }

  @Test
  void a_search_finds_each_orders_lines_by_its_id_and_ends_early() {
    Search search =
        new Search("S", new TotalRange("BRL", Money.of("1", "BRL"), null), "fraud", true);
    for (@Nullable OrderStatus status : new @Nullable OrderStatus[] {null, OrderStatus.CONFIRMED}) {
      for (@Nullable UUID customer : new @Nullable UUID[] {null, ANNA}) {
        var list = new OrderList(new Filter(status, customer, null, null, null, search), null);
        assertThat(plan(list.searching(), list.searchParameters(50)))
            .contains("order_line_pkey", "Limit")
            .doesNotContain("Seq Scan");
      }
    }
  }

  @Test
  void a_search_that_finds_nothing_looks_at_all_orders_a_page_at_a_time() {
    Filter nowhere =
        new Filter(null, null, null, null, null, new Search("NOWHERE", null, null, true));
    @Nullable UUID before = null;
    int pages = 0;
    do {
      @Nullable UUID after = before;
      Listed page = database.snapshot(tx -> orders.list(nowhere, after, 50, tx));
      assertThat(page.orders()).isEmpty();
      before = page.next();
      pages++;
    } while (before != null);
    assertThat(pages).isBetween(100_000 / OrderList.MAX_LOOKED_AT, 30);
    Filter everywhere = new Filter(null, null, null, null, null, new Search("S", null, null, true));
    assertThat(database.snapshot(tx -> orders.list(everywhere, null, 50, tx)).orders()).hasSize(50);
  }

  @Test
  void placing_and_following_scan_neither_orders_nor_lines() {
    long before = statistic("seq_scan");
    // Ten rounds: from the sixth execution on the driver's statements have generic plans.
    for (int round = 0; round < 10; round++) {
      costOf(GROUP);
      costOf(1);
    }
    assertThat(statistic("seq_scan")).isEqualTo(before);
  }

  @Test
  void a_late_order_is_found_among_many_and_one_that_is_held_is_passed_over() {
    List<UUID> ids = place(2);
    Instant later = Instant.now().plus(Duration.ofMinutes(30));
    Deadlines deadlines = Deadlines.of(Duration.ofMinutes(20));
    database.run(tx -> {
      orders.lock(List.of(ids.getFirst()), tx);
      List<UUID> late =
          database.call(other ->
              orders.lockLate(deadlines, later, 100_000, other).stream()
                  .map(order -> order.id())
                  .toList());
      assertThat(late).contains(ids.getLast()).doesNotContain(ids.getFirst());
    });
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

  private static List<UUID> place(int size) {
    return database.call(tx ->
        placeOrders().place(requests(size), tx).stream()
            .map(outcome -> ((PlaceOrders.Outcome.Placed) outcome).order().state().id())
            .toList());
  }

  private static List<OrderRequest> requests(int size) {
    return requests(size, false);
  }

  private static List<OrderRequest> requests(int size, boolean byCustomer) {
    List<OrderRequest> requests = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      requests.add(
          new OrderRequest(
              ANNA,
              new Basket(
                  List.of(
                      new Basket.Item(new ProductRef.ById(MOUSE.id()), new Quantity(1)),
                      new Basket.Item(new ProductRef.BySku("MAT"), new Quantity(1)))),
              null,
              null,
              false,
              null,
              byCustomer,
              Cause.of("request")));
    }
    return requests;
  }

  private static List<Message> reserved(List<UUID> ids) {
    return messages(
        ids,
        id ->
            new InventoryEvent.StockReserved(
                id,
                RESERVATION,
                List.of(new InventoryEvent.Line(MOUSE.id(), 1, null)),
                Instant.parse("2030-01-01T00:00:00Z"),
                null));
  }

  private static List<Message> approved(List<UUID> ids) {
    return messages(
        ids,
        id ->
            new FinancialEvent.PaymentApproved(
                PAYMENT, id, Money.of("15.00", "BRL"), "pix", "transaction"));
  }

  private static List<Message> confirmed(List<UUID> ids) {
    return messages(
        ids,
        id ->
            new InventoryEvent.StockConfirmed(
                id, RESERVATION, List.of(new InventoryEvent.Line(MOUSE.id(), 1, null)), false));
  }

  private static List<Message> messages(List<UUID> ids, Function<UUID, Object> fact) {
    return ids.stream()
        .map(id -> {
          Event event =
              database
                  .catalogue()
                  .envelop(database.ids().next(), fact.apply(id), Cause.of("c"), Instant.now());
          return new Message(1, event, database.catalogue(), null);
        })
        .toList();
  }

  private interface Work {
    void in(UnitOfWork tx);
  }

  /** With those that are sent at the transaction's end. */
  private static int count(Work work) {
    return database
        .call(tx -> {
          var counting = new CountingUnitOfWork(tx);
          work.in(counting);
          return counting.statements();
        })
        .size();
  }

  private static long statistic(String column) {
    database.execute("select pg_stat_force_next_flush()");
    return Long.parseLong(
        database
            .rows(
                "select sum(%s)::text from pg_stat_user_tables where schemaname = 'sales' and relname in ('order', 'order_line')"
                    .formatted(column))
            .getFirst());
  }

  private static String plan(String sql, Object... parameters) {
    return database.call(tx -> {
      Connection connection = tx.resource(Connection.class);
      try (PreparedStatement statement = connection.prepareStatement("explain " + sql)) {
        for (int i = 0; i < parameters.length; i++) {
          switch (parameters[i]) {
            case Instant time ->
                statement.setObject(i + 1, time.atOffset(java.time.ZoneOffset.UTC));
            case UUID[] ids -> statement.setArray(i + 1, connection.createArrayOf("uuid", ids));
            case Object value -> statement.setObject(i + 1, value);
          }
        }
        var lines = new StringBuilder();
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            lines.append(rows.getString(1)).append('\n');
          }
        }
        return lines.toString();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    });
  }
}
