package dev.reserva.inventory.adapters.postgres;

import static dev.reserva.inventory.adapters.postgres.Warehouse.CAUSE;
import static dev.reserva.inventory.adapters.postgres.Warehouse.race;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.inventory.application.AdjustStock.Receipt;
import dev.reserva.inventory.application.AllocateStock;
import dev.reserva.inventory.application.ChangeProduct;
import dev.reserva.inventory.application.OrderStep;
import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.inventory.domain.Backorder;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stock arrives while orders come, are paid and are cancelled, in real transactions. */
class WaitingOrderRacesIT {

  private static final Warehouse WAREHOUSE = new Warehouse(InventoryDatabase.fresh());

  private final AllocateStock allocateStock =
      new AllocateStock(
          WAREHOUSE.database.reservations(),
          WAREHOUSE.database.stocks(),
          WAREHOUSE.ids,
          AllocationStrategy.PRIORITY,
          3);

  @AfterEach
  void the_invariants_hold() {
    Invariants.assertHold(WAREHOUSE.database);
  }

  @Test
  void a_unit_that_arrives_is_given_to_one_order() throws Exception {
    for (int round = 0; round < 20; round++) {
      UUID product = waitedFor();
      List<UUID> orders = new ArrayList<>();
      List<Callable<Boolean>> sides = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        UUID order = WAREHOUSE.ids.next();
        orders.add(order);
        boolean cancels = i % 4 == 3;
        sides.add(() -> {
          WAREHOUSE.follow(List.of(Warehouse.submitted(order, new Line(product, 1))));
          WAREHOUSE.follow(
              List.of(
                  cancels
                      ? new OrderStep.Cancelled(order, "customer_request", CAUSE)
                      : new OrderStep.Paid(order, CAUSE)));
          return true;
        });
      }
      for (int i = 0; i < 3; i++) {
        sides.add(() -> {
          receive(product, 2);
          return true;
        });
        sides.add(() -> {
          allocate();
          return true;
        });
      }

      assertThat(race(sides)).containsOnly(true);
      allocate();

      List<Reservation> lasting =
          orders.stream()
              .map(WaitingOrderRacesIT::reservation)
              .filter(it -> it.status() != ReservationStatus.RELEASED)
              .sorted(Comparator.comparing(Reservation::id))
              .toList();
      assertThat(lasting).hasSize(9);
      assertThat(lasting.stream().filter(it -> !it.isWaiting()))
          .as("6 units have arrived for 9 orders that are paid")
          .hasSize(6)
          .allMatch(it -> it.status() == ReservationStatus.CONFIRMED);
    }
    assertThat(WAREHOUSE.deadlocks()).isZero();
  }

  @Test
  void orders_of_two_waited_for_products_do_not_wait_in_a_circle() throws Exception {
    UUID one = waitedFor();
    UUID other = waitedFor();
    List<Callable<Boolean>> sides = new ArrayList<>();
    for (int side = 0; side < 4; side++) {
      boolean turned = side % 2 == 0;
      sides.add(() -> {
        for (int i = 0; i < 25; i++) {
          UUID order = WAREHOUSE.ids.next();
          WAREHOUSE.follow(
              List.of(
                  Warehouse.submitted(
                      order, new Line(turned ? one : other, 1), new Line(turned ? other : one, 1)),
                  new OrderStep.Paid(order, CAUSE)));
        }
        return true;
      });
    }
    for (UUID product : List.of(one, other)) {
      sides.add(() -> {
        for (int i = 0; i < 25; i++) {
          receive(product, 4);
          allocate();
        }
        return true;
      });
    }

    assertThat(race(sides)).containsOnly(true);
    allocate();

    assertThat(WAREHOUSE.deadlocks()).isZero();
    for (UUID product : List.of(one, other)) {
      int awaited =
          WAREHOUSE.transactions.snapshot(
              tx -> WAREHOUSE.database.products().find(product, tx).orElseThrow().awaited());
      assertThat(awaited).as("100 units have arrived for 100 orders").isZero();
    }
  }

  private static UUID waitedFor() {
    UUID product = WAREHOUSE.product(0);
    var change =
        new Product.Change(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            new Backorder(Backorder.Policy.BACKORDER, null, null),
            null,
            null);
    var _ =
        WAREHOUSE.transactions.call(tx ->
            new ChangeProduct(WAREHOUSE.database.products(), WAREHOUSE.database.bundles())
                .change(product, change, CAUSE, tx));
    return product;
  }

  private static void receive(UUID product, int units) {
    var _ =
        WAREHOUSE.transactions.call(tx ->
            WAREHOUSE.adjustStock.receive(
                new Receipt(product, LocationCode.MAIN, new Quantity(units), null, CAUSE), tx));
  }

  private void allocate() {
    while (allocateStock.run(WAREHOUSE.transactions)) {
      // The next batch.
    }
  }

  private static Reservation reservation(UUID order) {
    return WAREHOUSE
        .transactions
        .snapshot(tx -> WAREHOUSE.database.reservations().list(null, order, null, 1, tx))
        .getFirst();
  }
}
