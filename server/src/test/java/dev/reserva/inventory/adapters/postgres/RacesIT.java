package dev.reserva.inventory.adapters.postgres;

import static dev.reserva.inventory.adapters.postgres.Warehouse.CAUSE;
import static dev.reserva.inventory.adapters.postgres.Warehouse.command;
import static dev.reserva.inventory.adapters.postgres.Warehouse.race;
import static dev.reserva.inventory.adapters.postgres.Warehouse.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.inventory.application.AdjustStock;
import dev.reserva.inventory.application.ChangeProduct;
import dev.reserva.inventory.application.OrderStep;
import dev.reserva.inventory.application.ReserveStock;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import dev.reserva.inventory.domain.ReserveOutcome;
import dev.reserva.inventory.domain.ResolveOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many callers compete for the same stock at the same moment, in real transactions. */
class RacesIT {

  private static final Warehouse WAREHOUSE = new Warehouse(InventoryDatabase.fresh());

  @AfterEach
  void the_invariants_hold_and_no_deadlock_had_to_be_broken() {
    Invariants.assertHold(WAREHOUSE.database);
    assertThat(WAREHOUSE.deadlocks()).isZero();
  }

  @Test
  void the_last_unit_goes_to_exactly_one_of_a_hundred_buyers() throws Exception {
    for (int round = 0; round < 50; round++) {
      UUID product = WAREHOUSE.product(1);
      List<Callable<ReserveOutcome>> buyers =
          IntStream.range(0, 100)
              .<Callable<ReserveOutcome>>mapToObj(
                  i -> () -> WAREHOUSE.reserve(WAREHOUSE.ids.next(), new Line(product, 1)))
              .toList();

      List<ReserveOutcome> outcomes = race(buyers);

      assertThat(outcomes).filteredOn(ReserveOutcome.Reserved.class::isInstance).hasSize(1);
      assertThat(outcomes).filteredOn(ReserveOutcome.FellShort.class::isInstance).hasSize(99);
    }
  }

  @Test
  void one_order_that_is_reserved_from_several_sides_at_once_is_reserved_once() throws Exception {
    for (int round = 0; round < 50; round++) {
      // Different products, so that no lock but the order's own keeps them apart.
      UUID a = WAREHOUSE.product(10);
      UUID b = WAREHOUSE.product(10);
      UUID c = WAREHOUSE.product(10);
      UUID order = WAREHOUSE.ids.next();
      List<Callable<Boolean>> sides =
          List.of(
              () -> WAREHOUSE.reserve(order, new Line(a, 1)) instanceof ReserveOutcome.Reserved,
              () -> WAREHOUSE.reserve(order, new Line(b, 1)) instanceof ReserveOutcome.Reserved,
              () -> {
                WAREHOUSE.follow(List.of(submitted(order, new Line(c, 1))));
                return false;
              });

      race(sides);

      assertThat(reservations(order)).hasSize(1);
      assertThat(reserved(a) + reserved(b) + reserved(c)).isEqualTo(1);
    }
  }

  @Test
  void a_cancellation_and_a_reservation_by_hand_of_one_order_leave_nothing_held_or_one_tombstone()
      throws Exception {
    for (int round = 0; round < 50; round++) {
      UUID product = WAREHOUSE.product(10);
      UUID order = WAREHOUSE.ids.next();
      race(
          List.<Callable<Boolean>>of(
              () ->
                  WAREHOUSE.reserve(order, new Line(product, 1)) instanceof ReserveOutcome.Reserved,
              () -> {
                WAREHOUSE.follow(
                    List.of(new OrderStep.Cancelled(order, "customer_request", CAUSE)));
                return true;
              }));

      assertThat(reserved(product)).isZero();
    }
  }

  @Test
  void baskets_that_overlap_in_opposite_order_never_wait_in_a_circle() throws Exception {
    List<UUID> products = IntStream.range(0, 8).mapToObj(i -> WAREHOUSE.product(100_000)).toList();
    List<Callable<Boolean>> contestants = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      var random = new Random(seed);
      contestants.add(() -> followBatches(products, random));
      contestants.add(() -> reserveGroups(products, random));
      contestants.add(() -> adjust(products, random));
    }
    contestants.add(() -> edit(products));
    contestants.add(this::sweep);

    assertThat(race(contestants)).doesNotContain(false);
  }

  @Test
  void a_reservation_that_is_confirmed_released_paid_and_swept_at_its_last_moment_ends_once()
      throws Exception {
    int confirmed = 0;
    int released = 0;
    int expired = 0;
    for (int round = 0; round < 60; round++) {
      UUID product = WAREHOUSE.product(1);
      UUID order = WAREHOUSE.ids.next();
      var reserved = (ReserveOutcome.Reserved) WAREHOUSE.reserve(order, new Line(product, 1));
      UUID id = reserved.reservation().id();
      // Some rounds end before, some in the midst of, some after the race.
      WAREHOUSE.database.expireAt(order, Instant.now().plusMillis(round % 20 - 5));

      List<Boolean> won =
          race(
              List.<Callable<Boolean>>of(
                  () ->
                      ended(
                          WAREHOUSE.transactions.call(
                              tx -> WAREHOUSE.resolveReservation.confirm(id, CAUSE, tx))),
                  () ->
                      ended(
                          WAREHOUSE.transactions.call(
                              tx -> WAREHOUSE.resolveReservation.release(id, CAUSE, tx))),
                  () -> {
                    WAREHOUSE.transactions.call(WAREHOUSE.expireReservations::expire);
                    return false;
                  }));

      Reservation end = reservations(order).getFirst();
      switch (end.status()) {
        case CONFIRMED -> {
          confirmed++;
          assertThat(won).containsExactly(true, false, false);
        }
        case RELEASED -> {
          released++;
          assertThat(won).containsExactly(false, true, false);
        }
        case RESERVED, EXPIRED -> {
          expired++;
          assertThat(won).containsExactly(false, false, false);
        }
      }
      WAREHOUSE.follow(List.of(new OrderStep.Paid(order, CAUSE)));
      assertThat(reservations(order).getFirst().status()).isEqualTo(ReservationStatus.CONFIRMED);
    }
    assertThat(confirmed + released).as("resolved by hand").isPositive();
    assertThat(expired).as("expired").isPositive();
  }

  private boolean followBatches(List<UUID> products, Random random) {
    for (int batch = 0; batch < 15; batch++) {
      List<OrderStep> steps = new ArrayList<>();
      List<UUID> orders = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        UUID order = WAREHOUSE.ids.next();
        orders.add(order);
        steps.add(submitted(order, lines(products, random)));
      }
      WAREHOUSE.follow(steps);
      Collections.shuffle(orders, random);
      WAREHOUSE.follow(
          orders.stream()
              .map(order ->
                  random.nextBoolean()
                      ? new OrderStep.Paid(order, CAUSE)
                      : new OrderStep.Cancelled(order, "customer_request", CAUSE))
              .toList());
    }
    return true;
  }

  private boolean reserveGroups(List<UUID> products, Random random) {
    for (int group = 0; group < 15; group++) {
      List<ReserveStock.Command> commands =
          IntStream.range(0, 1 + random.nextInt(10))
              .mapToObj(i -> command(WAREHOUSE.ids.next(), lines(products, random)))
              .toList();
      WAREHOUSE.reserve(commands).stream()
          .filter(ReserveOutcome.Reserved.class::isInstance)
          .map(it -> ((ReserveOutcome.Reserved) it).reservation())
          .forEach(reservation -> {
            if (random.nextInt(3) == 0) {
              WAREHOUSE.database.expireAt(reservation.orderId(), Instant.now());
            } else {
              ended(
                  WAREHOUSE.transactions.call(
                      tx -> WAREHOUSE.resolveReservation.confirm(reservation.id(), CAUSE, tx)));
            }
          });
    }
    return true;
  }

  private boolean adjust(List<UUID> products, Random random) {
    for (int i = 0; i < 60; i++) {
      UUID product = products.get(random.nextInt(products.size()));
      WAREHOUSE.transactions.call(tx ->
          WAREHOUSE.adjustStock.receive(
              new AdjustStock.Receipt(product, LocationCode.MAIN, new Quantity(1), null, CAUSE),
              tx));
    }
    return true;
  }

  private boolean edit(List<UUID> products) {
    var changeProduct =
        new ChangeProduct(WAREHOUSE.database.products(), WAREHOUSE.database.bundles());
    for (int i = 0; i < 60; i++) {
      var change = new Product.Change(null, null, null, null, null, new MinStock(i), null);
      UUID product = products.get(i % products.size());
      WAREHOUSE.transactions.call(tx -> changeProduct.change(product, change, CAUSE, tx));
    }
    return true;
  }

  private boolean sweep() {
    for (int i = 0; i < 60; i++) {
      WAREHOUSE.transactions.call(WAREHOUSE.expireReservations::expire);
    }
    return true;
  }

  private static boolean ended(Optional<ResolveOutcome> outcome) {
    return outcome.orElseThrow() instanceof ResolveOutcome.Ended;
  }

  /** Two or three products in random order. */
  private static Line[] lines(List<UUID> products, Random random) {
    List<UUID> shuffled = new ArrayList<>(products);
    Collections.shuffle(shuffled, random);
    return shuffled.stream()
        .limit(2 + random.nextInt(2))
        .map(product -> new Line(product, 1 + random.nextInt(3)))
        .toArray(Line[]::new);
  }

  private static List<Reservation> reservations(UUID order) {
    return WAREHOUSE.transactions.snapshot(
        tx -> WAREHOUSE.database.reservations().list(null, order, null, 10, tx));
  }

  private static int reserved(UUID product) {
    return WAREHOUSE
        .transactions
        .snapshot(tx -> WAREHOUSE.database.products().find(product, tx))
        .orElseThrow()
        .reserved();
  }
}
