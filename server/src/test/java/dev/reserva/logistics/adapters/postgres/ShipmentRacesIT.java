package dev.reserva.logistics.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.ServiceDatabase;
import dev.reserva.logistics.application.DeliverShipment;
import dev.reserva.logistics.application.DispatchShipment;
import dev.reserva.logistics.application.FollowOrders;
import dev.reserva.logistics.application.OrderStep;
import dev.reserva.logistics.application.Shipments;
import dev.reserva.logistics.domain.Carriage;
import dev.reserva.logistics.domain.DispatchOutcome;
import dev.reserva.logistics.domain.Line;
import dev.reserva.logistics.domain.Location;
import dev.reserva.logistics.domain.Parcel;
import dev.reserva.logistics.domain.Quantity;
import dev.reserva.logistics.domain.Selection;
import dev.reserva.logistics.domain.Shipment;
import dev.reserva.logistics.domain.ShipmentStatus;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** People and events that concern the same shipment at the same moment, in real transactions. */
class ShipmentRacesIT {

  private static final ServiceDatabase DATABASE = new ServiceDatabase("logistics");
  private static final Cause CAUSE = Cause.of("race");
  private static final int ROUNDS = 100;

  private final Ids ids = Ids.timeOrdered();
  private final Shipments shipments = new PostgresShipments();
  private final FollowOrders followOrders = new FollowOrders(shipments, ids);
  private final DispatchShipment dispatchShipment = new DispatchShipment(shipments, ids);
  private final DeliverShipment deliverShipment = new DeliverShipment(shipments);
  private final UUID mug = ids.next();

  @AfterEach
  void the_invariants_hold_and_no_deadlock_had_to_be_broken() {
    Invariants.assertHold(DATABASE.transactions());
    assertThat(DATABASE.deadlocks()).isZero();
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void a_dispatch_in_part_and_a_cancellation_leave_nothing_that_is_still_prepared()
      throws Exception {
    int dispatchedFirst = 0;
    for (int round = 0; round < ROUNDS; round++) {
      UUID order = confirmed(5);
      UUID id = all(order).getFirst().id();

      List<Boolean> done =
          race(
              () -> dispatch(id, 2) instanceof DispatchOutcome.Dispatched,
              () -> {
                follow(new OrderStep.Cancelled(order, ids.next(), true, CAUSE));
                return true;
              });

      // Who came first decides, and the shipments say who it was.
      if (done.getFirst()) {
        dispatchedFirst++;
        assertThat(all(order))
            .extracting(Shipment::status)
            .containsExactly(ShipmentStatus.CANCELLED, ShipmentStatus.RETURNED);
      } else {
        assertThat(all(order))
            .extracting(Shipment::status)
            .containsExactly(ShipmentStatus.CANCELLED);
      }
    }
    System.out.printf("raced rounds=%d dispatchedFirst=%d%n", ROUNDS, dispatchedFirst);
  }

  @Test
  void of_dispatchers_of_the_same_units_one_alone_splits_the_shipment() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      UUID order = confirmed(5);
      UUID id = all(order).getFirst().id();
      List<Callable<Boolean>> dispatchers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int units = 1 + i % 4;
        dispatchers.add(() -> dispatch(id, units) instanceof DispatchOutcome.Dispatched);
      }
      Collections.shuffle(dispatchers);

      assertThat(race(dispatchers)).filteredOn(dispatched -> dispatched).hasSize(1);

      assertThat(all(order)).hasSize(2);
      assertThat(all(order).stream().mapToInt(Shipment::units).sum()).isEqualTo(5);
    }
  }

  @Test
  void a_delivery_an_override_and_a_cancellation_end_as_returned() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      UUID order = confirmed(5);
      UUID id = all(order).getFirst().id();
      assertThat(dispatch(id, 2)).isInstanceOf(DispatchOutcome.Dispatched.class);

      race(
          () -> {
            DATABASE.transactions().run(tx -> deliverShipment.deliver(id, CAUSE, tx));
            return true;
          },
          () -> {
            follow(
                new OrderStep.Shipped(order, CAUSE),
                new OrderStep.Cancelled(order, ids.next(), true, CAUSE));
            return true;
          });

      assertThat(all(order)).extracting(Shipment::status).containsOnly(ShipmentStatus.RETURNED);
    }
  }

  private UUID confirmed(int units) {
    UUID order = ids.next();
    Line line = Line.ordered(mug, "MUG", "Mug", units);
    follow(
        new OrderStep.Confirmed(
            order, ids.next(), List.of(new Parcel(Location.MAIN, List.of(line))), CAUSE));
    return order;
  }

  private void follow(OrderStep... steps) {
    DATABASE.transactions().run(tx -> followOrders.follow(List.of(steps), tx));
  }

  private DispatchOutcome dispatch(UUID id, int units) {
    Selection selection = Selection.of(List.of(new Selection.Units(mug, new Quantity(units))));
    var command = new DispatchShipment.Command(id, selection, Carriage.UNTOLD, CAUSE);
    return DATABASE.transactions().call(tx -> dispatchShipment.dispatch(command, tx)).orElseThrow();
  }

  /** The shipments of an order, newest first. */
  private List<Shipment> all(UUID order) {
    var filter = new Shipments.Filter(order, null, null, null);
    return DATABASE.transactions().snapshot(tx -> shipments.list(filter, null, 100, tx));
  }

  private static List<Boolean> race(Callable<Boolean> one, Callable<Boolean> other)
      throws Exception {
    return race(List.of(one, other));
  }

  private static List<Boolean> race(List<Callable<Boolean>> contestants) throws Exception {
    CyclicBarrier start = new CyclicBarrier(contestants.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> running = new ArrayList<>();
      for (Callable<Boolean> contestant : contestants) {
        running.add(
            threads.submit(() -> {
              start.await();
              return contestant.call();
            }));
      }
      List<Boolean> outcomes = new ArrayList<>();
      for (Future<Boolean> one : running) {
        outcomes.add(one.get());
      }
      return outcomes;
    }
  }
}
