package dev.reserva.logistics.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.RecordingTransactions;
import dev.reserva.contracts.LogisticsEvent;
import dev.reserva.contracts.LogisticsEvent.ShipmentCancelled;
import dev.reserva.contracts.LogisticsEvent.ShipmentCreated;
import dev.reserva.contracts.LogisticsEvent.ShipmentDelivered;
import dev.reserva.contracts.LogisticsEvent.ShipmentDispatched;
import dev.reserva.contracts.LogisticsEvent.ShipmentReturned;
import dev.reserva.logistics.application.Shipments.Filter;
import dev.reserva.logistics.application.Shipments.Need;
import dev.reserva.logistics.application.Shipments.Picking;
import dev.reserva.logistics.domain.Carriage;
import dev.reserva.logistics.domain.DeliverOutcome;
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
import dev.reserva.messaging.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The use cases of logistics and what their port keeps, whatever keeps it. */
public abstract class ShipmentsContract {

  private static final Cause CAUSE = Cause.of("test");
  private static final UUID ANA = new UUID(5, 1);

  private final Ids ids = Ids.timeOrdered();
  private final UUID mug = ids.next();
  private final UUID mat = ids.next();
  private final UUID order = ids.next();
  private final Location depot = new Location("DEPOT-" + order);
  private final RecordingTransactions transactions;
  private final Shipments shipments;
  private final FollowOrders followOrders;
  private final DispatchShipment dispatchShipment;
  private final DeliverShipment deliverShipment;

  protected ShipmentsContract(Transactions transactions, Shipments shipments) {
    this.transactions = new RecordingTransactions(transactions);
    this.shipments = shipments;
    this.followOrders = new FollowOrders(shipments, ids);
    this.dispatchShipment = new DispatchShipment(shipments, ids);
    this.deliverShipment = new DeliverShipment(shipments);
  }

  @Test
  void a_confirmed_order_gets_one_shipment_with_all_of_its_lines() {
    follow(confirmed());

    Shipment shipment = only();
    assertThat(shipment.status()).isEqualTo(ShipmentStatus.PREPARING);
    assertThat(shipment.lines())
        .containsExactly(line(mug, "mug \"blue\", \\ {1}", 3, 3), line(mat, "MAT", 1, 1));
    assertThat(transactions.published())
        .containsExactly(
            new ShipmentCreated(
                shipment.id(), order, ANA, depot.code(), units(mug, 3, mat, 1), 4, 1, 1));

    follow(confirmed());
    assertThat(transactions.published()).isEmpty();
    assertThat(only()).isEqualTo(shipment);
  }

  @Test
  void each_location_has_a_shipment_of_its_own() {
    Location other = new Location("NORTH-" + order);
    follow(
        new OrderStep.Confirmed(
            order,
            ANA,
            List.of(
                new Parcel(depot, List.of(line(mug, "MUG", 2, 2))),
                new Parcel(other, List.of(line(mug, "MUG", 5, 5)))),
            CAUSE));

    assertThat(list(new Filter(null, null, null, other))).hasSize(1);
    assertThat(all()).extracting(Shipment::part).containsExactly(2, 1);
    assertThat(transactions.published())
        .extracting(event -> ((LogisticsEvent) event).openUnits())
        .containsExactly(2, 7);
  }

  @Test
  void a_shipment_is_dispatched_and_delivered_once() {
    follow(confirmed());
    UUID id = only().id();
    transactions.published();
    Carriage carriage = new Carriage("Correios", "QB1");

    assertThat(dispatch(id, Selection.EVERYTHING, carriage))
        .isInstanceOf(DispatchOutcome.Dispatched.class);
    assertThat(dispatch(id, Selection.EVERYTHING, carriage))
        .isEqualTo(new DispatchOutcome.DoneBefore(only()));
    assertThat(dispatch(id, Selection.EVERYTHING, Carriage.UNTOLD))
        .isEqualTo(new DispatchOutcome.DoneBefore(only()));
    assertThat(dispatch(id, Selection.EVERYTHING, new Carriage("other", null)))
        .isEqualTo(new DispatchOutcome.WrongState(only()));
    for (Selection other : List.of(select(mug, 1), select(mug, 9), select(order, 1))) {
      assertThat(dispatch(id, other, Carriage.UNTOLD))
          .isEqualTo(new DispatchOutcome.WrongState(only()));
    }
    assertThat(deliver(id)).isInstanceOf(DeliverOutcome.Delivered.class);
    assertThat(deliver(id)).isEqualTo(new DeliverOutcome.DoneBefore(only()));

    assertThat(only().status()).isEqualTo(ShipmentStatus.DELIVERED);
    assertThat(only().version()).isEqualTo(3);
    assertThat(transactions.published())
        .containsExactly(
            new ShipmentDispatched(
                id, order, ANA, depot.code(), units(mug, 3, mat, 1), "Correios", "QB1", 0, 1, 2),
            new ShipmentDelivered(id, order, ANA, depot.code(), null, 0, 0, 3));
  }

  @Test
  void what_has_not_left_cannot_be_delivered() {
    follow(confirmed());

    assertThat(deliver(only().id())).isEqualTo(new DeliverOutcome.WrongState(only()));
  }

  @Test
  void what_stays_of_a_shipment_becomes_a_further_one() {
    follow(confirmed());
    UUID id = only().id();
    transactions.published();

    var dispatched =
        (DispatchOutcome.Dispatched) dispatch(id, select(mug, 2), new Carriage(null, "QB1"));

    Shipment rest = all().getFirst();
    assertThat(dispatched.rest()).isEqualTo(rest);
    assertThat(rest.lines())
        .containsExactly(line(mug, "mug \"blue\", \\ {1}", 3, 1), line(mat, "MAT", 1, 1));
    assertThat(rest.status()).isEqualTo(ShipmentStatus.PREPARING);
    assertThat(rest.location()).isEqualTo(depot);
    assertThat(all().getLast().lines()).containsExactly(line(mug, "mug \"blue\", \\ {1}", 3, 2));
    assertThat(transactions.published())
        .containsExactly(
            new ShipmentDispatched(
                id, order, ANA, depot.code(), units(mug, 2), null, "QB1", 2, 2, 2),
            new ShipmentCreated(
                rest.id(), order, ANA, depot.code(), units(mug, 1, mat, 1), 2, 2, 3));
    assertThat(dispatch(id, select(mug, 2), Carriage.UNTOLD))
        .isInstanceOf(DispatchOutcome.DoneBefore.class);
    assertThat(all()).hasSize(2);

    assertThat(dispatch(rest.id(), Selection.EVERYTHING, Carriage.UNTOLD))
        .isInstanceOfSatisfying(
            DispatchOutcome.Dispatched.class, last -> assertThat(last.rest()).isNull());
    assertThat(transactions.published())
        .extracting(event -> ((LogisticsEvent) event).openUnits())
        .containsExactly(0);
  }

  @Test
  void no_more_and_nothing_else_leaves_than_the_shipment_has() {
    follow(confirmed());
    Shipment shipment = only();
    UUID other = ids.next();
    transactions.published();

    assertThat(dispatch(shipment.id(), select(mug, 4), Carriage.UNTOLD))
        .isEqualTo(new DispatchOutcome.TooMany(shipment, mug, 4, 3));
    assertThat(dispatch(shipment.id(), select(other, 1), Carriage.UNTOLD))
        .isEqualTo(new DispatchOutcome.NotInShipment(shipment, List.of(other)));

    assertThat(only()).isEqualTo(shipment);
    assertThat(transactions.published()).isEmpty();
  }

  @Test
  void a_cancellation_keeps_what_has_not_left_and_recalls_what_has() {
    follow(confirmed());
    UUID id = only().id();
    dispatch(id, select(mug, 2), Carriage.UNTOLD);
    UUID rest = all().getFirst().id();
    transactions.published();

    follow(cancelled(true));

    assertThat(all())
        .extracting(Shipment::status)
        .containsExactly(ShipmentStatus.CANCELLED, ShipmentStatus.RETURNED);
    assertThat(transactions.published())
        .containsExactly(
            new ShipmentReturned(id, order, ANA, depot.code(), units(mug, 2), 2, 1, 4),
            new ShipmentCancelled(rest, order, ANA, depot.code(), units(mug, 1, mat, 1), 0, 0, 5));
    assertThat(dispatch(rest, Selection.EVERYTHING, Carriage.UNTOLD))
        .isInstanceOf(DispatchOutcome.WrongState.class);
    assertThat(dispatch(id, select(mug, 2), Carriage.UNTOLD))
        .isInstanceOf(DispatchOutcome.WrongState.class);
    assertThat(deliver(id)).isInstanceOf(DeliverOutcome.WrongState.class);
    follow(cancelled(true));
    assertThat(transactions.published()).isEmpty();
  }

  @Test
  void a_cancellation_that_overtakes_the_confirmation_leaves_a_tombstone() {
    follow(cancelled(true));
    follow(confirmed());
    follow(cancelled(true));

    assertThat(all()).isEmpty();
    assertThat(transactions.published()).isEmpty();
  }

  @Test
  void an_order_that_dies_before_its_confirmation_leaves_nothing() {
    follow(cancelled(false));
    follow(confirmed());

    assertThat(all()).hasSize(1);
  }

  @Test
  void shipments_follow_an_operator_who_sets_the_order_by_hand() {
    follow(confirmed());
    UUID id = only().id();
    dispatch(id, select(mug, 2), Carriage.UNTOLD);

    follow(new OrderStep.Shipped(order, CAUSE));
    assertThat(all()).extracting(Shipment::status).containsOnly(ShipmentStatus.DISPATCHED);
    transactions.published();
    follow(new OrderStep.Shipped(order, CAUSE));
    assertThat(transactions.published()).isEmpty();

    follow(new OrderStep.Delivered(order, CAUSE));
    assertThat(all()).extracting(Shipment::status).containsOnly(ShipmentStatus.DELIVERED);
    assertThat(transactions.published())
        .extracting(event -> ((LogisticsEvent) event).openShipments())
        .containsExactly(1, 0);
  }

  @Test
  void a_whole_history_in_one_batch_is_followed_in_its_order() {
    follow(
        confirmed(),
        new OrderStep.Shipped(order, CAUSE),
        new OrderStep.Delivered(order, CAUSE),
        cancelled(true));

    assertThat(only().status()).isEqualTo(ShipmentStatus.RETURNED);
    assertThat(only().version()).isEqualTo(4);
    assertThat(transactions.published())
        .extracting(event -> ((LogisticsEvent) event).revision())
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void there_is_no_shipment_of_an_unknown_id() {
    Optional<DispatchOutcome> dispatched =
        transactions.call(
            tx -> dispatchShipment.dispatch(command(order, Selection.EVERYTHING), tx));
    Optional<DeliverOutcome> delivered =
        transactions.call(tx -> deliverShipment.deliver(order, CAUSE, tx));

    assertThat(dispatched).isEmpty();
    assertThat(delivered).isEmpty();
  }

  @Test
  void a_list_is_paged_and_filtered() {
    follow(confirmed());
    UUID id = only().id();
    dispatch(id, select(mug, 1), Carriage.UNTOLD);
    UUID rest = all().getFirst().id();

    assertThat(list(new Filter(order, ANA, ShipmentStatus.DISPATCHED, depot)))
        .extracting(Shipment::id)
        .containsExactly(id);
    assertThat(list(new Filter(order, null, ShipmentStatus.PREPARING, null)))
        .extracting(Shipment::id)
        .containsExactly(rest);
    assertThat(list(new Filter(order, new UUID(5, 2), null, null))).isEmpty();
    assertThat(list(new Filter(order, null, ShipmentStatus.RETURNED, null))).isEmpty();
    List<Shipment> older =
        transactions.snapshot(
            tx -> shipments.list(new Filter(order, null, null, null), rest, 10, tx));
    assertThat(older).extracting(Shipment::id).containsExactly(id);
  }

  @Test
  void the_picking_list_sums_what_is_prepared_at_a_location() {
    follow(confirmed());
    UUID first = only().id();
    dispatch(first, select(mug, 1), Carriage.UNTOLD);
    UUID rest = all().getFirst().id();
    UUID second = ids.next();
    follow(
        new OrderStep.Confirmed(
            second, ANA, List.of(new Parcel(depot, List.of(line(mug, "MUG", 7, 7)))), CAUSE));
    UUID other = list(new Filter(second, null, null, null)).getFirst().id();

    List<Picking> picking = pick(null, 10, 10);
    assertThat(picking).extracting(Picking::productId).containsExactly(mat, mug);
    assertThat(picking.getLast().quantity()).isEqualTo(9);
    assertThat(picking.getLast().shipments()).isEqualTo(2);
    assertThat(picking.getLast().oldest()).containsExactly(new Need(rest, 2), new Need(other, 7));
    assertThat(pick(null, 1, 10)).extracting(Picking::productId).containsExactly(mat);
    assertThat(pick(mat, 10, 1))
        .singleElement()
        .satisfies(only -> {
          assertThat(only.oldest()).containsExactly(new Need(rest, 2));
          assertThat(only.shipments()).isEqualTo(2);
        });
  }

  @Test
  void a_parcel_names_each_product_once() {
    assertThatThrownBy(
            () -> new Parcel(depot, List.of(line(mug, "MUG", 1, 1), line(mug, "MUG", 1, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be named once");
  }

  private List<Picking> pick(@Nullable UUID before, int limit, int mostShipments) {
    return transactions.snapshot(
        tx -> shipments.pickingList(depot, before, limit, mostShipments, tx));
  }

  private OrderStep confirmed() {
    return new OrderStep.Confirmed(
        order,
        ANA,
        List.of(
            new Parcel(
                depot, List.of(line(mug, "mug \"blue\", \\ {1}", 3, 3), line(mat, "MAT", 1, 1)))),
        CAUSE);
  }

  private OrderStep cancelled(boolean wasConfirmed) {
    return new OrderStep.Cancelled(order, ANA, wasConfirmed, CAUSE);
  }

  private static Line line(UUID product, String sku, int ordered, int quantity) {
    return new Line(product, sku, "Name of " + sku, ordered, quantity);
  }

  private static List<LogisticsEvent.Line> units(UUID product, int quantity) {
    return List.of(new LogisticsEvent.Line(product, quantity));
  }

  private static List<LogisticsEvent.Line> units(UUID one, int some, UUID other, int more) {
    return List.of(new LogisticsEvent.Line(one, some), new LogisticsEvent.Line(other, more));
  }

  private static Selection select(UUID product, int quantity) {
    return Selection.of(List.of(new Selection.Units(product, new Quantity(quantity))));
  }

  private void follow(OrderStep... steps) {
    transactions.run(tx -> followOrders.follow(List.of(steps), tx));
  }

  private static DispatchShipment.Command command(UUID id, Selection selection) {
    return new DispatchShipment.Command(id, selection, Carriage.UNTOLD, CAUSE);
  }

  private DispatchOutcome dispatch(UUID id, Selection selection, Carriage carriage) {
    var command = new DispatchShipment.Command(id, selection, carriage, CAUSE);
    return transactions.call(tx -> dispatchShipment.dispatch(command, tx)).orElseThrow();
  }

  private DeliverOutcome deliver(UUID id) {
    return transactions.call(tx -> deliverShipment.deliver(id, CAUSE, tx)).orElseThrow();
  }

  private List<Shipment> list(Filter filter) {
    return transactions.snapshot(tx -> shipments.list(filter, null, 100, tx));
  }

  /** The shipments of the order, newest first. */
  private List<Shipment> all() {
    return list(new Filter(order, null, null, null));
  }

  private Shipment only() {
    assertThat(all()).hasSize(1);
    return all().getFirst();
  }
}
