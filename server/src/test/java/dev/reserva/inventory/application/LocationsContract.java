package dev.reserva.inventory.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.reserva.contracts.InventoryEvent;
import dev.reserva.contracts.InventoryEvent.LocationCreated;
import dev.reserva.contracts.InventoryEvent.LocationUpdated;
import dev.reserva.contracts.InventoryEvent.StockAdjusted;
import dev.reserva.contracts.InventoryEvent.StockConfirmed;
import dev.reserva.contracts.InventoryEvent.StockLow;
import dev.reserva.contracts.InventoryEvent.StockReserved;
import dev.reserva.inventory.application.ChangeLocation.Change;
import dev.reserva.inventory.domain.AdjustOutcome;
import dev.reserva.inventory.domain.AllocationReason;
import dev.reserva.inventory.domain.Basket;
import dev.reserva.inventory.domain.ByHand;
import dev.reserva.inventory.domain.Held;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.Location;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.Reason;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import dev.reserva.inventory.domain.Return;
import dev.reserva.inventory.domain.SafetyStock;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.messaging.Cause;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The behaviour of locations, for every implementation of the ports.
 *
 * <p>Tests share what is stored, so each makes products, orders and locations of its own.
 */
public abstract class LocationsContract {

  private static final Cause CAUSE = LocationFixture.CAUSE;
  private static final ByHand BY = new ByHand("ana", new Reason("rebalanced"));

  private final LocationFixture shop;

  protected LocationsContract(Backend backend) {
    this.shop = new LocationFixture(backend);
  }

  @Test
  void a_location_is_opened_once_and_changed() {
    LocationCode code = LocationFixture.code();
    var location = new Location(shop.ids.next(), code, "North", 7, true);
    var opening = new OpenLocation(shop.backend.locations());

    assertThat(shop.<Locations.Added>call(tx -> opening.open(location, CAUSE, tx)))
        .isEqualTo(Locations.Added.ADDED);
    assertThat(shop.<Locations.Added>call(tx -> opening.open(location, CAUSE, tx)))
        .isEqualTo(Locations.Added.CODE_TAKEN);
    var changed =
        shop.call(tx ->
                new ChangeLocation(shop.backend.locations())
                    .change(code, new Change(null, 9, false), CAUSE, tx))
            .orElseThrow();

    assertThat(changed.after()).isEqualTo(new Location(location.id(), code, "North", 9, false));
    assertThat(shop.locations(code)).containsExactly(changed.after());
    assertThat(shop.transactions.published())
        .containsExactly(
            new LocationCreated(location.id(), code.value(), "North", 7, true),
            new LocationUpdated(location.id(), code.value(), "North", 9, false));
  }

  @Test
  void a_change_that_changes_nothing_is_not_told() {
    LocationCode code = shop.open(5);

    shop.call(tx ->
        new ChangeLocation(shop.backend.locations())
            .change(code, new Change("North", 5, true), CAUSE, tx));

    assertThat(shop.transactions.published()).isEmpty();
    assertThat(
            shop.<Optional<ChangeLocation.Changed>>call(tx ->
                new ChangeLocation(shop.backend.locations())
                    .change(new LocationCode("nowhere"), new Change("x", 1, true), CAUSE, tx)))
        .isEmpty();
  }

  @Test
  void the_default_location_exists_and_the_list_goes_by_code() {
    LocationCode behind = new LocationCode("MAIN2" + UUID.randomUUID());
    shop.open(behind, 5);

    List<LocationCode> found =
        shop
            .snapshot(tx -> shop.backend.locations().list(new LocationCode("MAI"), 100, tx))
            .stream()
            .map(Location::code)
            .toList();

    assertThat(found).contains(LocationCode.MAIN, behind).isSorted();
    assertThat(
            shop.<Set<LocationCode>>snapshot(tx ->
                shop.backend
                    .locations()
                    .existing(List.of(LocationCode.MAIN, behind, new LocationCode("none")), tx)))
        .containsExactlyInAnyOrder(LocationCode.MAIN, behind);
  }

  @Test
  void stock_is_received_counted_and_kept_back_at_a_location() {
    LocationCode north = shop.open(5);
    UUID product = shop.product(10, 4);

    shop.receive(product, north, 6);
    var counted =
        shop.call(
            tx -> shop.adjustStock.count(product, north, new PhysicalStock(5), BY, CAUSE, tx));
    var kept =
        shop.call(tx ->
            shop.adjustStock.keepBack(product, LocationCode.MAIN, new SafetyStock(9), CAUSE, tx));

    assertThat(counted).isInstanceOf(AdjustOutcome.Adjusted.class);
    assertThat(kept).isInstanceOf(AdjustOutcome.KeptBack.class);
    assertThat(shop.levels(product))
        .extracting(StockLevel::location, StockLevel::physical, StockLevel::available)
        .containsExactly(tuple(north, 5, 5), tuple(LocationCode.MAIN, 10, 1));
    assertThat(shop.stocked(product).stock()).isEqualTo(15);
    assertThat(shop.stocked(product).available()).isEqualTo(6);
    assertThat(shop.transactions.published())
        .containsExactly(
            new StockAdjusted(product, "RECEIVED", 6, 6, null, north.value()),
            new StockAdjusted(product, "ADJUSTED", -1, 5, "rebalanced", north.value()));
  }

  @Test
  void stock_that_is_kept_back_or_closed_can_make_a_product_run_low() {
    UUID product = shop.product(10, 4);

    shop.call(
        tx -> shop.adjustStock.keepBack(product, LocationCode.MAIN, new SafetyStock(7), CAUSE, tx));

    assertThat(shop.transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(StockLow.class, low -> assertThat(low.available()).isEqualTo(3));
    assertThat(shop.lowStock()).contains(product);
    shop.receive(product, LocationCode.MAIN, 5);
    assertThat(shop.lowStock()).doesNotContain(product);
  }

  @Test
  void an_unknown_location_gets_nothing() {
    UUID product = shop.product(3, 0);
    LocationCode nowhere = new LocationCode("nowhere");

    assertThat(shop.receive(product, nowhere, 1))
        .isEqualTo(new AdjustOutcome.UnknownLocation(nowhere));
    assertThat(
            shop.<CreateProduct.Outcome>call(tx ->
                new CreateProduct(
                        shop.backend.products(),
                        shop.backend.locations(),
                        shop.backend.bundles(),
                        shop.adjustStock,
                        shop.ids)
                    .create(
                        List.of(
                            new CreateProduct.Command(
                                LocationFixture.draft(3, 0, nowhere), "ana", CAUSE)),
                        tx)
                    .getFirst()))
        .isEqualTo(new CreateProduct.UnknownLocation(nowhere));
    assertThat(shop.levels(product)).hasSize(1);
    assertThat(shop.transactions.published()).isEmpty();
  }

  @Test
  void a_product_is_created_at_a_location_beside_others_of_unknown_ones() {
    LocationCode north = shop.open(5);
    LocationCode nowhere = new LocationCode("nowhere");

    List<CreateProduct.Outcome> outcomes =
        shop.call(tx ->
            new CreateProduct(
                    shop.backend.products(),
                    shop.backend.locations(),
                    shop.backend.bundles(),
                    shop.adjustStock,
                    shop.ids)
                .create(
                    List.of(
                        new CreateProduct.Command(
                            LocationFixture.draft(3, 0, nowhere), "ana", CAUSE),
                        new CreateProduct.Command(
                            LocationFixture.draft(4, 0, north), "ana", CAUSE)),
                    tx));

    assertThat(outcomes.getFirst()).isEqualTo(new CreateProduct.UnknownLocation(nowhere));
    UUID created = ((CreateProduct.Created) outcomes.getLast()).product().product().id();
    assertThat(shop.levels(created))
        .extracting(StockLevel::location, StockLevel::physical)
        .containsExactlyInAnyOrder(tuple(north, 4), tuple(LocationCode.MAIN, 0));
  }

  @Test
  void an_order_is_held_confirmed_and_given_back_where_its_goods_are() {
    LocationCode north = shop.open(5);
    UUID mug = shop.product(2, 0);
    UUID tea = shop.product(9, 0);
    shop.receive(mug, north, 3);
    UUID order = shop.ids.next();
    shop.transactions.published();

    shop.follow(
        new OrderStep.Submitted(
            order, new Basket(List.of(new Line(mug, 4), new Line(tea, 1))), CAUSE),
        new OrderStep.Paid(order, CAUSE));

    Reservation held = shop.reservation(order);
    assertThat(held.status()).isEqualTo(ReservationStatus.CONFIRMED);
    assertThat(held.allocation()).isEqualTo(AllocationReason.SPLIT_BY_PRIORITY);
    assertThat(held.lines())
        .containsExactly(
            new Held(mug, north, 3),
            new Held(mug, LocationCode.MAIN, 1),
            new Held(tea, LocationCode.MAIN, 1));
    List<InventoryEvent.Line> lines =
        List.of(
            new InventoryEvent.Line(mug, 3, north.value()),
            new InventoryEvent.Line(mug, 1, null),
            new InventoryEvent.Line(tea, 1, null));
    assertThat(shop.transactions.published())
        .filteredOn(it -> it instanceof StockReserved || it instanceof StockConfirmed)
        .containsExactly(
            new StockReserved(order, held.id(), lines, held.expiresAt(), null),
            new StockConfirmed(order, held.id(), lines, false));
    assertThat(shop.levels(mug)).extracting(StockLevel::physical).containsExactly(0, 1);

    shop.follow(new OrderStep.Cancelled(order, "returned", CAUSE));

    assertThat(shop.levels(mug)).extracting(StockLevel::physical).containsExactly(3, 2);
    assertThat(shop.levels(mug)).extracting(StockLevel::reserved).containsExactly(0, 0);
  }

  @Test
  void a_late_payment_takes_the_goods_from_where_they_were_held() {
    LocationCode north = shop.open(5);
    UUID mug = shop.product(9, 0);
    shop.receive(mug, north, 3);
    UUID order = shop.ids.next();
    shop.follow(shop.submitted(order, mug, 3));
    shop.backend.expireAt(order, shop.backend.transactions().call(tx -> tx.now()).minusSeconds(1));
    shop.call(tx ->
        new ChangeLocation(shop.backend.locations())
            .change(north, new Change(null, null, false), CAUSE, tx));

    shop.follow(new OrderStep.Paid(order, CAUSE));

    assertThat(shop.reservation(order).status()).isEqualTo(ReservationStatus.CONFIRMED);
    assertThat(shop.levels(mug)).extracting(StockLevel::physical).containsExactly(0, 9);
  }

  @Test
  void goods_come_back_to_the_location_that_the_return_names() {
    LocationCode north = shop.open(5);
    UUID mug = shop.product(9, 0);
    UUID order = shop.ids.next();
    shop.follow(shop.submitted(order, mug, 3), new OrderStep.Paid(order, CAUSE));

    shop.follow(
        new OrderStep.Returned(
            new Return(shop.ids.next(), order, List.of(new Line(mug, 2)), true, north), CAUSE));

    assertThat(shop.levels(mug))
        .extracting(StockLevel::location, StockLevel::physical)
        .containsExactly(tuple(north, 2), tuple(LocationCode.MAIN, 6));
  }
}
