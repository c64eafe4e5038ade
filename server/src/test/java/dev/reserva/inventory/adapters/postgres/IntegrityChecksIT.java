package dev.reserva.inventory.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.inventory.application.OrderStep;
import dev.reserva.inventory.domain.Line;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.integrity.OrderClaims;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each integrity check detects its violation. */
class IntegrityChecksIT {

  private final Warehouse warehouse = new Warehouse(InventoryDatabase.fresh());
  private final UUID product = warehouse.product(10);
  private final UUID open = warehouse.ids.next();
  private final UUID paid = warehouse.ids.next();
  private final UUID cancelled = warehouse.ids.next();

  @BeforeEach
  void some_orders_went_their_ways() {
    warehouse.follow(
        List.of(
            Warehouse.submitted(open, new Line(product, 1)),
            Warehouse.submitted(paid, new Line(product, 2)),
            new OrderStep.Paid(paid, Warehouse.CAUSE),
            new OrderStep.Cancelled(cancelled, "customer_request", Warehouse.CAUSE)));
    Invariants.assertHold(warehouse.database);
  }

  @Test
  void every_check_counts_what_it_checked() {
    assertThat(Invariants.ALL.stream().map(check -> run(check).checked()))
        .containsExactly(1L, 1L, 1L, 3L, 2L, 0L, 1L);
  }

  @Test
  void stock_that_its_ledger_does_not_explain_is_found() {
    corrupt("update inventory.stock set physical = physical + 1");

    assertThat(run(PostgresIntegrity.stockEqualsLedger()).violations())
        .containsExactly(
            "product %s at MAIN: stock 9, reserved 1, but its ledger says 8 and 1"
                .formatted(product));
  }

  @Test
  void a_lost_ledger_row_is_found() {
    corrupt(
        "delete from inventory.ledger where kind = 'reserved' and order_id = '%s'".formatted(open));

    assertThat(run(PostgresIntegrity.stockEqualsLedger()).violated()).isOne();
    assertThat(run(PostgresIntegrity.reservationsEndOnce()).violated()).isOne();
  }

  @Test
  void reserved_stock_that_nobody_holds_is_found() {
    corrupt("delete from inventory.reservation where order_id = '%s'".formatted(open));

    assertThat(run(PostgresIntegrity.reservedEqualsOpenReservations()).violations())
        .containsExactly(
            "product %s at MAIN: reserved 1, but open reservations hold 0".formatted(product));
    assertThat(run(PostgresIntegrity.reservationsEndOnce()).violated()).isOne();
  }

  @Test
  void awaited_units_that_nobody_waits_for_are_found() {
    corrupt("update inventory.stock set awaited = 3");

    assertThat(run(PostgresIntegrity.awaitedEqualsWaitingOrders()).violations())
        .containsExactly(
            "product %s: awaited 3, but open reservations wait for 0".formatted(product));
  }

  @Test
  void a_reservation_that_ended_twice_is_found() {
    corrupt(
        """
        insert into inventory.ledger (product_id, kind, physical_change, reserved_change, order_id, at)
        select product_id, 'released', 0, -2, order_id, at from inventory.ledger
        where kind = 'confirmed'
        """);

    assertThat(run(PostgresIntegrity.reservationsEndOnce()).violated()).isOne();
  }

  @Test
  void a_confirmation_after_the_expiry_is_found_even_without_the_constraint() {
    corrupt("alter table inventory.reservation drop constraint reservation_is_consistent");
    corrupt(
        "update inventory.reservation set expires_at = ended_at where order_id = '%s'"
            .formatted(paid));

    assertThat(run(PostgresIntegrity.reservationsEndOnce()).violated()).isOne();
  }

  @Test
  void the_database_itself_refuses_to_oversell() {
    assertThatThrownBy(() -> corrupt("update inventory.stock set reserved = physical + 1"))
        .hasMessageContaining("stock_not_oversold");
    assertThatThrownBy(() -> corrupt("update inventory.stock set reserved = -1"))
        .hasMessageContaining("stock_not_oversold");
    assertThatThrownBy(() ->
            corrupt(
                "update inventory.reservation set expires_at = ended_at where order_id = '%s'"
                    .formatted(paid)))
        .hasMessageContaining("reservation_is_consistent");
  }

  @Test
  void claims_name_what_is_reserved_for_orders_and_tombstones_reserve_nothing() {
    var holdings =
        warehouse.transactions.snapshot(
            tx -> new PostgresHoldings().holdings(tx, List.of(open, paid, cancelled, product)));

    assertThat(holdings).containsOnlyKeys(open, paid);
    assertThat(holdings.get(paid))
        .isEqualTo(
            new OrderClaims.Held.Holding(
                "CONFIRMED", false, Map.of(product, 2), Map.of(), Map.of()));
  }

  private void corrupt(String sql) {
    warehouse.database.sql().execute(sql);
  }

  private IntegrityCheck.Result run(IntegrityCheck check) {
    return warehouse.transactions.snapshot(check.run()::on);
  }
}
