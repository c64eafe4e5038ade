package dev.reserva.inventory.adapters.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.inventory.application.AdjustStock.Receipt;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Quantity;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A snapshot that is held open keeps the versions of stock rows, not the orders. */
class LongSnapshotIT {

  private static final int PRODUCTS = 40;
  private static final int ROUNDS = 200;

  /** Some three rounds fill a page, so a row's versions are on some 70 pages. */
  private static final int MOST_PAGES = 40;

  private static final Pattern PAGES = Pattern.compile("Buffers: shared hit=(\\d+)");

  private final InventoryDatabase database = InventoryDatabase.fresh();
  private final Warehouse warehouse = new Warehouse(database);

  @Test
  void a_row_is_found_behind_few_of_its_versions() throws SQLException {
    List<UUID> products = warehouse.products(PRODUCTS, 1);
    List<Receipt> receipts =
        products.stream()
            .map(id -> new Receipt(id, LocationCode.MAIN, new Quantity(1), null, Warehouse.CAUSE))
            .toList();
    try (Connection snapshot = requireNonNull(database.sql().getDataSource()).getConnection()) {
      snapshot.setAutoCommit(false);
      snapshot.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (Statement statement = snapshot.createStatement()) {
        statement.execute("select from inventory.stock");
      }
      for (int i = 0; i < ROUNDS; i++) {
        warehouse.transactions.call(tx -> warehouse.adjustStock.receive(receipts, tx));
      }

      assertThat(pagesOfTheTable()).as("the versions are kept").isGreaterThan(MOST_PAGES);
      assertThat(pagesToLock(products.get(PRODUCTS / 2))).isLessThan(MOST_PAGES);
      snapshot.rollback();
    }
    assertThat(
            database
                .sql()
                .queryForObject(
                    "select count(*) from inventory.stock where physical = ? and revision = ?"
                        + " and revision_group = revision / 32",
                    Integer.class,
                    ROUNDS + 1,
                    ROUNDS + 1))
        .isEqualTo(PRODUCTS);
  }

  private int pagesOfTheTable() {
    return requireNonNull(
        database
            .sql()
            .queryForObject("select pg_relation_size('inventory.stock') / 8192", Integer.class));
  }

  private int pagesToLock(UUID product) {
    String statement = PostgresStocks.LOCK;
    for (String array : List.of("'{%s}'".formatted(product), "'{}'")) {
      statement = statement.replaceFirst("\\?", array);
    }
    String plan =
        String.join(
            "\n",
            database
                .sql()
                .queryForList("explain (analyze, buffers, costs off) " + statement, String.class));
    Matcher pages = PAGES.matcher(plan);
    assertThat(pages.find()).as(plan).isTrue();
    return Integer.parseInt(pages.group(1));
  }
}
