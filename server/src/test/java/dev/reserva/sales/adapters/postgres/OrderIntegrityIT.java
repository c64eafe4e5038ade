package dev.reserva.sales.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent.OrderConfirmed;
import dev.reserva.contracts.SalesEvent.OrderShipped;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.integrity.IntegrityCheck.Result;
import dev.reserva.platform.privacy.TestKeys;
import dev.reserva.sales.application.AwaitOrder;
import dev.reserva.sales.application.FollowOrders;
import dev.reserva.sales.application.FollowOrders.OrderFact;
import dev.reserva.sales.application.OrderRequest;
import dev.reserva.sales.application.PlaceOrders;
import dev.reserva.sales.domain.Basket;
import dev.reserva.sales.domain.Deadlines;
import dev.reserva.sales.domain.Fact;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import dev.reserva.sales.domain.Quantity;
import dev.reserva.sales.domain.TaxMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each check passes on the data that sales writes, and detects data that was broken by hand. */
class OrderIntegrityIT {

  private static final UUID ANNA = new UUID(0x7000, 1);
  private static final UUID KEY = new UUID(0x7000, 9);
  private static final Product MOUSE =
      new Product(new UUID(1, 1), "MOUSE", "Mouse", Money.of("10.00", "BRL"), true);

  private final Set<UUID> byHand = new HashSet<>();
  private final SalesDatabase database = new SalesDatabase();
  private final OpenLetters letters = new OpenLetters();
  private final OrderIntegrity integrity =
      new OrderIntegrity(letters, Deadlines.of(Duration.ofMinutes(20)));
  private final IntegrityCheck steps = steps(database.log());
  private UUID settled = new UUID(0, 0);
  private UUID open = new UUID(0, 0);

  @BeforeEach
  void an_order_is_confirmed_and_another_under_way() {
    settled = place(KEY);
    open = place(null);
    apply(new Fact.StockReserved(new UUID(5, 1), Instant.parse("2030-01-01T00:00:00Z"), List.of()));
    apply(new Fact.PaymentApproved(new UUID(5, 2), Money.of("20.00", "BRL")));
    apply(new Fact.StockConfirmed(new UUID(5, 1), List.of()));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void all_is_well_after_ordinary_business() {
    assertThat(run(steps)).isEqualTo(new Result(5, 0, List.of()));
    assertThat(run(integrity.deadlines())).isEqualTo(new Result(1, 0, List.of()));
    assertThat(run(integrity.totals())).isEqualTo(new Result(2, 0, List.of()));
    assertThat(run(integrity.foundations())).isEqualTo(new Result(1, 0, List.of()));
    assertThat(run(integrity.keys())).isEqualTo(new Result(1, 0, List.of()));
  }

  @Test
  void a_state_that_is_not_in_the_log_is_detected() {
    database.execute(
        "update sales.order set status = 'SHIPPED', version = 5 where id = '%s'"
            .formatted(settled));
    assertThat(run(steps))
        .satisfies(result -> {
          assertThat(result.violated()).isEqualTo(1);
          assertThat(result.violations().getFirst())
              .contains(settled.toString(), "SHIPPED", "CONFIRMED");
        });
  }

  @Test
  void a_step_that_is_no_edge_is_noticed_and_so_is_one_that_does_not_follow() {
    database.run(tx -> {
      tx.publish(
          new OrderConfirmed(
              open, ANNA, List.of(), MOUSE.price(), null, null, "PENDING", "CONFIRMED"),
          Cause.of("hand"));
      tx.publish(new OrderShipped(settled, ANNA, null, "CONFIRMED", "SHIPPED"), Cause.of("hand"));
      tx.publish(new OrderShipped(settled, ANNA, null, "CONFIRMED", "SHIPPED"), Cause.of("hand"));
    });
    Result result = run(steps);
    assertThat(result.violations())
        .anyMatch(text -> text.contains("no edge") && text.contains(open.toString()))
        .anyMatch(text -> text.contains("its last step led to SHIPPED"));
  }

  @Test
  void an_event_by_hand_is_not_a_step() {
    database.run(tx -> {
      var shipped = new OrderShipped(settled, ANNA, null, "CONFIRMED", "SHIPPED");
      byHand.add(tx.publish(shipped, Cause.of("hand")).id());
      var confirmed =
          new OrderConfirmed(
              open, ANNA, List.of(), MOUSE.price(), null, null, "PENDING", "CONFIRMED");
      byHand.add(tx.publish(confirmed, Cause.of("hand")).id());
    });
    assertThat(run(steps)).isEqualTo(new Result(5, 0, List.of()));
  }

  @Test
  void an_event_of_an_unknown_order_is_named_and_is_no_violation() {
    database.run(tx ->
        tx.publish(
            new OrderShipped(new UUID(8, 8), ANNA, null, "CONFIRMED", "SHIPPED"),
            Cause.of("hand")));
    Result result = run(steps);
    assertThat(result.violated()).isZero();
    assertThat(result.violations()).singleElement().asString().contains("not counted");
  }

  /** The database ends a transaction that is idle for too long. */
  @Test
  void a_log_that_takes_long_to_read_does_not_leave_the_snapshot_idle() {
    int events = 3_000;
    database.run(tx -> {
      for (int i = 0; i < events; i++) {
        tx.publish(
            new OrderShipped(new UUID(8, i % 5), ANNA, null, "CONFIRMED", "SHIPPED"),
            Cause.of("hand"));
      }
    });
    IntegrityCheck slow = steps(new SlowLog(database.log(), Duration.ofMillis(600)));

    Result result =
        database.snapshot(tx -> {
          Statements.of(tx)
              .query(
                  "select set_config('idle_in_transaction_session_timeout', '1500ms', true)",
                  row -> true);
          return slow.run().on(tx);
        });

    assertThat(result.checked()).isEqualTo(events + 5);
  }

  /** Each page of the log takes a while, one of a key a third of it. */
  private record SlowLog(EventLog log, Duration delay) implements EventLog {
    @Override
    public long end() {
      return log.end();
    }

    @Override
    public long start() {
      return log.start();
    }

    @Override
    public List<Entry> ofKey(UUID key, long after, int limit) {
      LockSupport.parkNanos(delay.toNanos() / 3);
      return log.ofKey(key, after, limit);
    }

    @Override
    public Found search(Filter filter, long after, int limit) {
      LockSupport.parkNanos(delay.toNanos());
      return log.search(filter, after, limit);
    }
  }

  @Test
  void an_order_past_its_deadline_is_noticed_unless_a_dead_letter_holds_it() {
    database.execute(
        """
        update sales.order set under_way_since = now() - interval '22 minutes', updated_at = now() - interval '22 minutes'
        where id = '%s'\
        """
            .formatted(open));
    assertThat(run(integrity.deadlines()).violated()).isEqualTo(1);
    letters.hold(open);
    assertThat(run(integrity.deadlines()))
        .satisfies(result -> {
          assertThat(result.violated()).isZero();
          assertThat(result.violations()).singleElement().asString().contains("dead letter");
        });
  }

  @Test
  void a_total_that_its_lines_do_not_add_up_to_is_noticed() {
    database.execute("update sales.order set total = total + 1 where id = '%s'".formatted(open));
    database.execute("delete from sales.order_line where order_id = '%s'".formatted(settled));
    assertThat(run(integrity.totals()).violated()).isEqualTo(2);
  }

  @Test
  void the_tax_that_is_added_to_prices_is_a_part_of_the_total() {
    String tax = "tax_rate = 0.19, tax = 3.50, tax_included = ";
    String line = " where order_id = '%s'".formatted(open);
    database.execute("update sales.order_line set " + tax + "true" + line);
    assertThat(run(integrity.totals()).violated()).isZero();
    database.execute("update sales.order_line set " + tax + "false" + line);
    assertThat(run(integrity.totals()).violations())
        .singleElement()
        .asString()
        .contains("20.0000", "23.5000");
    database.execute("update sales.order set total = 23.50 where id = '%s'".formatted(open));
    assertThat(run(integrity.totals()).violated()).isZero();
    assertThat(
            catchThrowable(() -> database.execute("update sales.order_line set tax = 4.40" + line)))
        .hasStackTraceContaining("order_line_tax_is_consistent");
  }

  @Test
  void two_orders_of_one_key_are_noticed_within_a_day() {
    UUID again = place(KEY);
    assertThat(run(integrity.keys()).violated()).isEqualTo(1);
    database.execute(
        "update sales.order set created_at = created_at + interval '25 hours' where id = '%s'"
            .formatted(again));
    assertThat(run(integrity.keys()).violated()).isZero();
  }

  @Test
  void the_database_refuses_a_confirmed_order_without_its_foundations() {
    assertThat(
            catchThrowable(() ->
                database.execute(
                    "update sales.order set payment_id = null, payment_status = null where id = '%s'"
                        .formatted(settled))))
        .hasStackTraceContaining("violates check constraint");
  }

  @Test
  void claims_list_every_order_in_pages() {
    List<UUID> first =
        database.snapshot(tx ->
            new PostgresOrderClaims()
                .orders(tx, null, 1).stream().map(order -> order.id()).toList());
    assertThat(first).containsExactly(settled);
    var rest = database.snapshot(tx -> new PostgresOrderClaims().orders(tx, settled, 9));
    assertThat(rest)
        .singleElement()
        .satisfies(order -> {
          assertThat(order.id()).isEqualTo(open);
          assertThat(order.status()).isEqualTo("PENDING");
          assertThat(order.lines()).isEqualTo(Map.of(MOUSE.id(), 2));
        });
  }

  @Test
  void a_bundle_is_claimed_as_the_parts_that_its_order_has_kept() {
    Product mat = new Product(new UUID(1, 2), "MAT", "Mat", Money.of("5.00", "BRL"), true);
    SequencedMap<UUID, Integer> parts = new LinkedHashMap<>();
    parts.put(MOUSE.id(), 3);
    parts.put(mat.id(), 1);
    Product set =
        new Product(
            new UUID(1, 3), "SET", "Set", Money.of("30.00", "BRL"), null, null, true, parts);
    database.run(tx -> new PostgresProducts().save(List.of(mat, set), tx));
    UUID order = place("SET", null);
    assertThat(claimed(order)).isEqualTo(Map.of(MOUSE.id(), 6, mat.id(), 2));

    database.execute("update sales.order_line set part_quantities = array[4, 1] where sku = 'SET'");

    assertThat(claimed(order)).isEqualTo(Map.of(MOUSE.id(), 8, mat.id(), 2));
  }

  private Map<UUID, Integer> claimed(UUID order) {
    return database
        .snapshot(tx -> new PostgresOrderClaims().orders(tx, List.of(order)))
        .getFirst()
        .lines();
  }

  private IntegrityCheck steps(EventLog log) {
    return new OrderStepsCheck(
            database,
            log,
            database.catalogue(),
            ids -> ids.stream().filter(byHand::contains).collect(Collectors.toSet()))
        .check();
  }

  private Result run(IntegrityCheck check) {
    return database.snapshot(tx -> check.run().on(tx));
  }

  private void apply(Fact fact) {
    var follow = new FollowOrders(new PostgresOrders(), new AwaitOrder(1));
    database.run(tx -> follow.follow(List.of(new OrderFact(settled, fact, Cause.of("c"))), tx));
  }

  private UUID place(@Nullable UUID key) {
    return place("MOUSE", key);
  }

  private UUID place(String sku, @Nullable UUID key) {
    return database.call(tx -> {
      new PostgresProducts().save(List.of(MOUSE), tx);
      new PostgresCustomers(TestKeys.subjectKeys()).add(List.of(ANNA), tx);
      var request =
          new OrderRequest(
              ANNA,
              new Basket(List.of(new Basket.Item(new ProductRef.BySku(sku), new Quantity(2)))),
              null,
              null,
              false,
              key,
              false,
              Cause.of("request"));
      var place =
          new PlaceOrders(
              new PostgresOrders(),
              new PostgresProducts(),
              new PostgresCustomers(TestKeys.subjectKeys()),
              database.numbers(),
              database.limitHolds(),
              database.ids(),
              TaxMode.INCLUDED);
      return ((PlaceOrders.Outcome.Placed) place.place(List.of(request), tx).getFirst())
          .order()
          .state()
          .id();
    });
  }

  /** Dead letters of which the checks only ask for the list. */
  private static final class OpenLetters implements DeadLetters {

    private List<DeadLetter> open = List.of();

    void hold(UUID key) {
      var event =
          new Event(key, "sales.order.paid", key, key, Instant.EPOCH, "c", null, null, null, "{}");
      open =
          List.of(
              new DeadLetter(
                  new UUID(4, 4),
                  "inventory",
                  1,
                  event,
                  4,
                  "Failure",
                  "no",
                  Instant.EPOCH,
                  Instant.EPOCH,
                  0));
    }

    @Override
    public List<DeadLetter> list(@Nullable UUID before, int limit) {
      return open;
    }

    @Override
    public List<Group> groups() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Detail> find(UUID id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Outcome retry(UUID id, @Nullable String editedData, String by, UnitOfWork tx) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int retryAll(
        @Nullable String subscription,
        @Nullable String eventType,
        @Nullable String errorType,
        String by,
        int limit,
        UnitOfWork tx) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Outcome discard(UUID id, String reason, String by, UnitOfWork tx) {
      throw new UnsupportedOperationException();
    }
  }
}
