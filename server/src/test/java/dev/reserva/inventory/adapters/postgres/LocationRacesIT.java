package dev.reserva.inventory.adapters.postgres;

import static dev.reserva.inventory.adapters.postgres.Warehouse.CAUSE;
import static dev.reserva.inventory.adapters.postgres.Warehouse.race;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reserva.inventory.application.AdjustStock.Receipt;
import dev.reserva.inventory.application.OpenLocation;
import dev.reserva.inventory.application.TransferStock;
import dev.reserva.inventory.domain.ByHand;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.Location;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.ReserveOutcome;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.inventory.domain.TransferOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Many callers compete for the stock of several locations, in real transactions. */
class LocationRacesIT {

  private static final Warehouse WAREHOUSE = new Warehouse(InventoryDatabase.fresh());
  private static final JdbcTemplate SQL = WAREHOUSE.database.sql();
  private static final LocationCode NORTH = open("NORTH", 50);
  private static final LocationCode SOUTH = open("SOUTH", 150);
  private static final ByHand BY = new ByHand("ana", null);

  private final TransferStock transferStock =
      new TransferStock(
          WAREHOUSE.database.transfers(),
          WAREHOUSE.database.locations(),
          WAREHOUSE.database.reservations(),
          WAREHOUSE.database.stocks(),
          WAREHOUSE.ids);

  @AfterEach
  void the_invariants_hold() {
    Invariants.assertHold(WAREHOUSE.database);
  }

  @Test
  void the_first_goods_of_a_location_arrive_from_many_sides_at_one_row() throws Exception {
    for (int round = 0; round < 20; round++) {
      UUID product = WAREHOUSE.product(10);
      List<Callable<Boolean>> sides =
          IntStream.range(0, 8)
              .<Callable<Boolean>>mapToObj(i ->
                  () -> {
                    if (i % 2 == 0) {
                      receive(product, NORTH, 1);
                    } else {
                      move(product, LocationCode.MAIN, NORTH, 1);
                    }
                    return true;
                  })
              .toList();

      assertThat(race(sides)).containsOnly(true);

      assertThat(levels(product))
          .extracting(StockLevel::location, StockLevel::physical)
          .containsExactly(tuple(NORTH, 8), tuple(LocationCode.MAIN, 6));
    }
  }

  @Test
  void orders_and_transfers_never_take_the_same_unit() throws Exception {
    for (int round = 0; round < 20; round++) {
      UUID product = WAREHOUSE.product(3);
      receive(product, NORTH, 3);
      List<Callable<Integer>> sides =
          Stream.concat(
                  IntStream.range(0, 6)
                      .<Callable<Integer>>mapToObj(_ ->
                          () ->
                              WAREHOUSE.reserve(WAREHOUSE.ids.next(), new Line(product, 1))
                                      instanceof ReserveOutcome.Reserved
                                  ? 1
                                  : 0),
                  IntStream.range(0, 4)
                      .<Callable<Integer>>mapToObj(i ->
                          () ->
                              send(product, i % 2 == 0 ? NORTH : LocationCode.MAIN, SOUTH, 1)
                                      instanceof TransferOutcome.Moved
                                  ? 1
                                  : 0))
              .toList();

      int taken = race(sides).stream().mapToInt(Integer::intValue).sum();

      assertThat(taken).isEqualTo(6);
      assertThat(levels(product)).allMatch(level -> level.available() == 0);
    }
  }

  @Test
  void a_transfer_ends_once_whoever_ends_it() throws Exception {
    for (int round = 0; round < 20; round++) {
      UUID product = WAREHOUSE.product(5);
      UUID transfer =
          ((TransferOutcome.Moved) send(product, LocationCode.MAIN, NORTH, 4)).transfer().id();
      List<Callable<Boolean>> sides =
          IntStream.range(0, 8)
              .<Callable<Boolean>>mapToObj(i ->
                  () ->
                      WAREHOUSE
                              .transactions
                              .call(tx ->
                                  i % 2 == 0
                                      ? transferStock.receive(transfer, BY, CAUSE, tx)
                                      : transferStock.cancel(transfer, BY, CAUSE, tx))
                              .orElseThrow()
                          instanceof TransferOutcome.Moved)
              .toList();

      assertThat(race(sides)).filteredOn(it -> it).hasSize(1);
      assertThat(levels(product).stream().mapToInt(StockLevel::physical).sum()).isEqualTo(5);
    }
  }

  @Test
  void orders_over_many_locations_do_not_wait_in_a_circle() throws Exception {
    List<UUID> products = IntStream.range(0, 6).mapToObj(_ -> WAREHOUSE.product(200)).toList();
    products.forEach(product -> {
      receive(product, NORTH, 100);
      receive(product, SOUTH, 100);
    });
    List<Callable<Boolean>> sides = new ArrayList<>();
    for (int side = 0; side < 6; side++) {
      int start = side;
      sides.add(() -> {
        for (int i = 0; i < 40; i++) {
          UUID first = products.get((start + i) % products.size());
          UUID second = products.get((start + 3 * i + 1) % products.size());
          if (!first.equals(second)) {
            WAREHOUSE.reserve(WAREHOUSE.ids.next(), new Line(second, 1), new Line(first, 2));
          }
          move(first, NORTH, SOUTH, 1);
        }
        return true;
      });
    }

    assertThat(race(sides)).containsOnly(true);
    assertThat(WAREHOUSE.deadlocks()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update inventory.transfer set status = 'RECEIVED', ended_at = now() where id = ? and"
            + " status = 'CANCELLED'",
        "update inventory.transfer set quantity = quantity + 1 where id = ?",
        "update inventory.transfer set to_location = 'SOUTH' where id = ?",
        "update inventory.transfer set ended_at = null where id = ?",
      })
  void the_database_refuses_to_change_a_transfer_that_has_ended(String change) {
    UUID product = WAREHOUSE.product(5);
    UUID transfer =
        ((TransferOutcome.Moved) send(product, LocationCode.MAIN, NORTH, 4)).transfer().id();
    WAREHOUSE.transactions.call(tx -> transferStock.cancel(transfer, BY, CAUSE, tx));

    assertThatThrownBy(() -> SQL.update(change, transfer))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("cannot become");
  }

  @Test
  void the_database_refuses_to_move_a_hold() {
    UUID product = WAREHOUSE.product(5);
    UUID order = WAREHOUSE.ids.next();
    WAREHOUSE.reserve(order, new Line(product, 1));

    assertThatThrownBy(() ->
            SQL.update(
                "update inventory.reservation set locations = '{NORTH}' where order_id = ?", order))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("cannot move");
  }

  @Test
  void the_checks_find_goods_that_left_from_another_location() {
    UUID product = WAREHOUSE.product(5);
    receive(product, NORTH, 5);
    UUID order = WAREHOUSE.ids.next();
    WAREHOUSE.reserve(order, new Line(product, 5));
    String misplace = "update inventory.ledger set location = ? where order_id = ?";

    SQL.update(misplace, "MAIN", order);
    try {
      assertThat(Invariants.violations(WAREHOUSE.database))
          .anyMatch(it -> it.contains("product %s at NORTH: 5 units held".formatted(product)));
    } finally {
      SQL.update(misplace, "NORTH", order);
    }
  }

  @Test
  void the_checks_find_a_transfer_that_the_ledger_does_not_know() {
    UUID product = WAREHOUSE.product(5);
    send(product, LocationCode.MAIN, NORTH, 4);
    String entry = "update inventory.ledger set kind = ? where product_id = ? and kind = ?";

    SQL.update(entry, "adjusted", product, "transferred_out");
    try {
      assertThat(Invariants.violations(WAREHOUSE.database))
          .containsExactly(
              "product %s at MAIN: transfers sent 4 and brought 0, but its ledger says 0 and 0"
                  .formatted(product));
    } finally {
      SQL.update(entry, "transferred_out", product, "adjusted");
    }
  }

  private static LocationCode open(String code, int priority) {
    var location = new Location(WAREHOUSE.ids.next(), new LocationCode(code), code, priority, true);
    var _ =
        WAREHOUSE.transactions.call(
            tx -> new OpenLocation(WAREHOUSE.database.locations()).open(location, CAUSE, tx));
    return location.code();
  }

  private static void receive(UUID product, LocationCode location, int units) {
    var _ =
        WAREHOUSE.transactions.call(tx ->
            WAREHOUSE.adjustStock.receive(
                new Receipt(product, location, new Quantity(units), null, CAUSE), tx));
  }

  private TransferOutcome send(UUID product, LocationCode from, LocationCode to, int units) {
    return WAREHOUSE.transactions.call(tx ->
        transferStock.send(
            new TransferStock.Command(product, new Quantity(units), from, to, BY), CAUSE, tx));
  }

  private void move(UUID product, LocationCode from, LocationCode to, int units) {
    if (send(product, from, to, units) instanceof TransferOutcome.Moved moved) {
      var _ =
          WAREHOUSE.transactions.call(
              tx -> transferStock.receive(moved.transfer().id(), BY, CAUSE, tx));
    }
  }

  private static List<StockLevel> levels(UUID product) {
    return WAREHOUSE.transactions.snapshot(tx -> WAREHOUSE.database.stocks().of(product, tx));
  }
}
