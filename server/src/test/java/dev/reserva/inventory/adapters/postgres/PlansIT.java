package dev.reserva.inventory.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.inventory.application.LedgerEntries;
import dev.reserva.inventory.domain.Line;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The hot statements look their rows up by index, whatever sizes the planner knows of. */
class PlansIT {

  private static final InventoryDatabase DATABASE = InventoryDatabase.fresh();
  private static final JdbcTemplate SQL = DATABASE.sql();

  /** As large as a subscription's batch. */
  @BeforeAll
  static void a_hundred_thousand_products_and_reservations() {
    SQL.execute(
        """
        insert into inventory.product select gen_random_uuid(), 'SKU-' || n, 'Thing ' || n, '', '', 1,
          'BRL', 0, true, 1, now(), now(), 'SKU-' || n from generate_series(1, 100000) n
        """);
    SQL.execute("insert into inventory.stock select id, 1000, 1 from inventory.product");
    SQL.execute(
        """
        insert into inventory.reservation
        select gen_random_uuid(), gen_random_uuid(), case when n % 100 = 0 then 'RESERVED' else 'CONFIRMED' end,
          array[gen_random_uuid()], array[1], now() + n * interval '1 second', now(),
          case when n % 100 = 0 then null else now() end, 0, false, null
        from generate_series(1, 100000) n
        """);
    SQL.execute(
        """
        insert into inventory.ledger (product_id, kind, physical_change, reserved_change, order_id, at)
        select id, 'received', 1000, 0,
          ('01900000-0000-7000-8000-' || lpad(to_hex(row_number() over ()), 12, '0'))::uuid, now()
        from inventory.product
        """);
    SQL.execute("vacuum inventory.ledger"); // which summarises its pages
    SQL.execute(
        "analyze inventory.product, inventory.stock, inventory.reservation, inventory.ledger");
  }

  @Test
  void stock_is_locked_by_index() {
    assertThat(genericPlan(PostgresStocks.LOCK, 2).replace("Seq Scan on location", ""))
        .doesNotContain("Seq Scan")
        .contains("stock_pkey", "reservation_order_key");
  }

  @Test
  void stock_is_written_by_index() {
    assertThat(genericPlan(PostgresStocks.SAVE, 7))
        .doesNotContain("Seq Scan")
        .contains("stock_pkey");
  }

  @Test
  void reservations_are_locked_by_index() {
    assertThat(genericPlan(PostgresReservations.LOCK_BY_ORDER, 1))
        .doesNotContain("Seq Scan")
        .contains("reservation_order_key");
  }

  @Test
  void reservations_are_written_by_index() {
    assertThat(genericPlan(PostgresReservations.REPLACE, 6))
        .doesNotContain("Seq Scan")
        .contains("reservation_pkey");
  }

  @Test
  void overdue_reservations_are_found_by_index() {
    assertThat(genericPlan(PostgresReservations.LOCK_OVERDUE, 1))
        .doesNotContain("Seq Scan")
        .contains("reservation_open");
  }

  @Test
  void orders_that_wait_are_found_by_index() {
    assertThat(genericPlan(PostgresReservations.LOCK_WAITING, 2))
        .doesNotContain("Seq Scan")
        .contains("reservation_waiting", "reservation_pkey");
    assertThat(genericPlan(PostgresStocks.NEXT_TO_ALLOCATE, 1).replace("Seq Scan on location", ""))
        .doesNotContain("Seq Scan")
        .contains("stock_awaited");
    assertThat(genericPlan(PostgresReservations.REWRITE, 12))
        .doesNotContain("Seq Scan")
        .contains("reservation_pkey");
  }

  @Test
  void the_ledger_of_a_product_is_found_by_index() {
    assertThat(genericPlan(PostgresLedgerEntries.OF_PRODUCT, 4))
        .doesNotContain("Seq Scan")
        .contains("ledger_of_product");
  }

  @Test
  void the_ledger_of_an_order_is_found_by_index() {
    assertThat(genericPlan(PostgresLedgerEntries.OF_ORDER, 2))
        .doesNotContain("Seq Scan")
        .contains("ledger_of_order");
  }

  @Test
  void an_entry_is_found_however_many_followed_it() {
    UUID oldest =
        SQL.queryForObject(
            "select product_id from inventory.ledger where id = (select min(id) from inventory.ledger)",
            UUID.class);

    List<LedgerEntries.Numbered> found =
        DATABASE
            .transactions()
            .snapshot(tx ->
                DATABASE
                    .ledgerEntries()
                    .of(Objects.requireNonNull(oldest), Long.MAX_VALUE, 10, tx));

    assertThat(found).hasSize(1);
    assertThat(found.getFirst().entry().physicalChange()).isEqualTo(1000);
  }

  @Test
  void a_product_that_sells_all_the_time_stays_on_its_page() {
    var warehouse = new Warehouse(DATABASE);
    UUID product = warehouse.product(1_000_000);
    long before = hotShare()[0];
    for (int i = 0; i < 300; i++) {
      warehouse.reserve(warehouse.ids.next(), new Line(product, 1));
    }
    SQL.execute("select pg_stat_force_next_flush()");

    await().until(() -> hotShare()[0] - before >= 300);
    long[] share = hotShare();
    // Some few updates may leave a page that pruning has not cleared yet.
    assertThat(share[1]).isGreaterThanOrEqualTo((share[0] - before) * 95 / 100);
  }

  /** Updates of stock so far, and how many of them touched no index. */
  private static long[] hotShare() {
    return SQL.query(
            "select n_tup_upd, n_tup_hot_upd from pg_stat_user_tables"
                + " where schemaname = 'inventory' and relname = 'stock'",
            (row, number) -> new long[] {row.getLong(1), row.getLong(2)})
        .getFirst();
  }

  /** The plan that is made for any values: the server plans no statement for known ones. */
  private static String genericPlan(String sql, int parameters) {
    String nothing = String.join(",", Collections.nCopies(parameters, "null"));
    return Objects.requireNonNull(
        SQL.execute((Connection connection) -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("set plan_cache_mode = force_generic_plan");
            statement.execute("prepare hot as " + numbered(sql));
            List<String> plan = new ArrayList<>();
            try (ResultSet rows =
                statement.executeQuery("explain execute hot (%s)".formatted(nothing))) {
              while (rows.next()) {
                plan.add(rows.getString(1));
              }
            }
            statement.execute("deallocate hot");
            statement.execute("reset plan_cache_mode");
            return String.join("\n", plan);
          }
        }));
  }

  /** With {@code $1} in place of each question mark. */
  private static String numbered(String sql) {
    int[] number = {0};
    return Pattern.compile("\\?").matcher(sql).replaceAll(it -> "\\$" + ++number[0]);
  }
}
