package dev.reserva.inventory.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.InventoryEvent;
import dev.reserva.contracts.InventoryEvent.StockAllocated;
import dev.reserva.contracts.InventoryEvent.StockConfirmationFailed;
import dev.reserva.contracts.InventoryEvent.StockConfirmed;
import dev.reserva.contracts.InventoryEvent.StockExtended;
import dev.reserva.contracts.InventoryEvent.StockInsufficient;
import dev.reserva.contracts.InventoryEvent.StockReleased;
import dev.reserva.contracts.InventoryEvent.StockReserved;
import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.inventory.domain.Awaited;
import dev.reserva.inventory.domain.Backorder;
import dev.reserva.inventory.domain.Backorder.Policy;
import dev.reserva.inventory.domain.Basket;
import dev.reserva.inventory.domain.Bundle;
import dev.reserva.inventory.domain.BundleRefusal;
import dev.reserva.inventory.domain.Held;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import dev.reserva.inventory.domain.ReserveOutcome;
import dev.reserva.inventory.domain.ResolveOutcome;
import dev.reserva.inventory.domain.TimeToLive;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The behaviour of orders that wait for stock, for every implementation of the ports.
 *
 * <p>Tests share what is stored, so each makes products and orders of its own.
 */
public abstract class BackordersContract {

  private static final Backorder BACKORDER = new Backorder(Policy.BACKORDER, null, null);

  private final LocationFixture shop;
  private final AllocateStock allocateStock;
  private final ExpireReservations expireReservations;
  private final ResolveReservation resolveReservation;

  protected BackordersContract(Backend backend) {
    this.shop = new LocationFixture(backend);
    this.allocateStock =
        new AllocateStock(
            backend.reservations(), backend.stocks(), shop.ids, AllocationStrategy.PRIORITY, 2);
    this.expireReservations =
        new ExpireReservations(backend.reservations(), backend.stocks(), shop.ids, 100);
    this.resolveReservation =
        new ResolveReservation(backend.reservations(), backend.stocks(), shop.ids);
  }

  @Test
  void a_line_that_is_short_waits_as_a_whole_and_the_others_are_held() {
    UUID inStock = shop.product(5, 0);
    Instant friday = Instant.now().plus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MICROS);
    UUID lacking = waitedFor(2, new Backorder(Policy.BACKORDER, 10, friday));
    UUID order = shop.ids.next();

    shop.follow(submitted(order, new Line(inStock, 2), new Line(lacking, 3)));

    Reservation held = shop.reservation(order);
    assertThat(held.status()).isEqualTo(ReservationStatus.RESERVED);
    assertThat(held.lines()).containsExactly(new Held(inStock, LocationCode.MAIN, 2));
    assertThat(held.awaited()).containsExactly(new Awaited(lacking, 3, friday));
    assertThat(shop.stocked(lacking))
        .satisfies(stocked -> {
          assertThat(stocked.stock()).isEqualTo(2);
          assertThat(stocked.reserved()).isZero();
          assertThat(stocked.awaited()).isEqualTo(3);
          assertThat(stocked.available()).isZero();
        });
    assertThat(shop.transactions.published())
        .contains(
            new StockReserved(
                order,
                held.id(),
                List.of(new InventoryEvent.Line(inStock, 2, null)),
                held.expiresAt(),
                List.of(new InventoryEvent.Awaited(lacking, 3, friday))));
  }

  @Test
  void orders_are_served_in_turn_and_whole_and_nobody_overtakes() {
    UUID product = waitedFor(0, BACKORDER);
    UUID first = waiting(product, 2);
    UUID second = waiting(product, 3);
    UUID third = waiting(product, 1);

    shop.receive(product, LocationCode.MAIN, 4);
    UUID late = waiting(product, 1);
    allocate();

    assertThat(isWaiting(first)).isFalse();
    assertThat(isWaiting(second)).as("2 of 3 units have arrived").isTrue();
    assertThat(isWaiting(third)).as("it came later").isTrue();
    assertThat(shop.stocked(product).available()).isZero();

    shop.receive(product, LocationCode.MAIN, 3);
    allocate();

    assertThat(List.of(second, third, late)).noneMatch(this::isWaiting);
    assertThat(shop.stocked(product))
        .satisfies(stocked -> {
          assertThat(stocked.stock()).isEqualTo(7);
          assertThat(stocked.reserved()).isEqualTo(7);
          assertThat(stocked.awaited()).isZero();
        });
  }

  @Test
  void a_paid_order_is_confirmed_when_the_last_of_its_stock_arrives() {
    UUID one = waitedFor(0, BACKORDER);
    UUID other = waitedFor(0, BACKORDER);
    UUID order = shop.ids.next();
    shop.follow(submitted(order, new Line(one, 1), new Line(other, 2)));
    shop.transactions.published();

    shop.follow(new OrderStep.Paid(order, LocationFixture.CAUSE));
    Reservation paid = shop.reservation(order);
    assertThat(paid.status()).isEqualTo(ReservationStatus.RESERVED);
    assertThat(paid.expiresAt()).isAfter(Instant.now().plus(Duration.ofDays(179)));
    assertThat(shop.transactions.published())
        .containsExactly(new StockExtended(order, paid.id(), paid.expiresAt()));

    shop.receive(one, LocationCode.MAIN, 1);
    shop.transactions.published();
    allocate();
    List<InventoryEvent.Line> first = List.of(new InventoryEvent.Line(one, 1, null));
    assertThat(shop.transactions.published())
        .containsExactly(
            new StockAllocated(
                order, paid.id(), one, first, List.of(new InventoryEvent.Awaited(other, 2, null))));

    LocationCode north = shop.open(200);
    shop.receive(other, north, 2);
    shop.transactions.published();
    allocate();
    List<InventoryEvent.Line> both =
        List.of(first.getFirst(), new InventoryEvent.Line(other, 2, north.value()));
    assertThat(shop.transactions.published())
        .containsExactly(
            new StockAllocated(order, paid.id(), other, both, List.of()),
            new StockConfirmed(order, paid.id(), both, false));
    assertThat(shop.reservation(order).status()).isEqualTo(ReservationStatus.CONFIRMED);
    assertThat(shop.stocked(one).stock()).isZero();
    assertThat(shop.stocked(other).stock()).isZero();

    shop.follow(new OrderStep.Cancelled(order, "customer_request", LocationFixture.CAUSE));
    assertThat(shop.stocked(other).available()).isEqualTo(2);
  }

  @Test
  void an_unpaid_order_gives_up_its_turn_when_it_expires() {
    UUID product = waitedFor(0, BACKORDER);
    UUID unpaid = waiting(product, 2);
    UUID next = waiting(product, 2);
    shop.backend.expireAt(unpaid, Backend.LONG_AGO);
    shop.transactions.published();

    expire();
    assertThat(shop.transactions.published())
        .contains(new StockReleased(unpaid, shop.reservation(unpaid).id(), List.of(), "expired"))
        .noneMatch(StockConfirmationFailed.class::isInstance);
    assertThat(shop.stocked(product).awaited()).isEqualTo(2);

    shop.receive(product, LocationCode.MAIN, 2);
    allocate();
    assertThat(shop.reservation(unpaid).status()).isEqualTo(ReservationStatus.EXPIRED);
    assertThat(isWaiting(next)).isFalse();
  }

  @Test
  void an_order_that_is_overdue_is_passed_over() {
    UUID product = waitedFor(0, BACKORDER);
    List<UUID> overdue = List.of(waiting(product, 1), waiting(product, 1), waiting(product, 1));
    UUID next = waiting(product, 1);
    shop.receive(product, LocationCode.MAIN, 2);
    overdue.forEach(order -> shop.backend.expireAt(order, Backend.LONG_AGO));

    assertThat(allocateStock.run(shop.transactions)).as("more to do").isFalse();

    assertThat(isWaiting(next)).as("more orders than a batch are overdue before it").isFalse();
    assertThat(overdue).allMatch(order -> shop.reservation(order).lines().isEmpty());
    expire();
    assertThat(shop.stocked(product).available()).isEqualTo(1);
  }

  @Test
  void a_paid_order_that_has_waited_too_long_is_told_that_it_gets_nothing() {
    UUID product = waitedFor(1, BACKORDER);
    UUID order = waiting(product, 2);
    shop.follow(new OrderStep.Paid(order, LocationFixture.CAUSE));
    shop.backend.expireAt(order, Backend.LONG_AGO);
    shop.transactions.published();

    expire();

    assertThat(shop.transactions.published())
        .contains(
            new StockReleased(order, shop.reservation(order).id(), List.of(), "expired"),
            new StockConfirmationFailed(
                order, List.of(new InventoryEvent.Shortage(product, 2, 1))));
  }

  @Test
  void a_payment_after_the_end_of_the_wait_does_not_renew_it() {
    UUID product = waitedFor(0, BACKORDER);
    UUID order = waiting(product, 1);
    shop.backend.expireAt(order, Backend.LONG_AGO);
    shop.transactions.published();

    shop.follow(new OrderStep.Paid(order, LocationFixture.CAUSE));

    assertThat(shop.transactions.published())
        .containsExactly(
            new StockConfirmationFailed(
                order, List.of(new InventoryEvent.Shortage(product, 1, 0))));
    assertThat(shop.reservation(order).status()).isEqualTo(ReservationStatus.EXPIRED);
    assertThat(shop.stocked(product).awaited()).isZero();
  }

  @Test
  void an_order_that_is_cancelled_waits_no_longer() {
    UUID product = waitedFor(0, BACKORDER);
    UUID order = waiting(product, 2);

    shop.follow(new OrderStep.Cancelled(order, "customer_request", LocationFixture.CAUSE));
    shop.receive(product, LocationCode.MAIN, 2);
    allocate();

    assertThat(shop.reservation(order).status()).isEqualTo(ReservationStatus.RELEASED);
    assertThat(shop.stocked(product).available()).isEqualTo(2);
  }

  @Test
  void a_person_can_release_a_waiting_order_and_not_confirm_it() {
    UUID product = waitedFor(0, BACKORDER);
    UUID order = waiting(product, 2);
    shop.follow(new OrderStep.Paid(order, LocationFixture.CAUSE));
    UUID reservation = shop.reservation(order).id();

    ResolveOutcome confirmed =
        shop.call(
            tx -> resolveReservation.confirm(reservation, LocationFixture.CAUSE, tx).orElseThrow());
    assertThat(confirmed).isInstanceOf(ResolveOutcome.Waits.class);
    shop.transactions.published();

    ResolveOutcome released =
        shop.call(
            tx -> resolveReservation.release(reservation, LocationFixture.CAUSE, tx).orElseThrow());
    assertThat(released).isInstanceOf(ResolveOutcome.Ended.class);
    assertThat(shop.transactions.published())
        .hasExactlyElementsOfTypes(StockReleased.class, StockConfirmationFailed.class);
    assertThat(shop.stocked(product).awaited()).isZero();
  }

  @Test
  void no_more_can_be_waited_for_than_the_limit() {
    UUID product = waitedFor(1, new Backorder(Policy.BACKORDER, 5, null));
    waiting(product, 4);
    UUID refused = shop.ids.next();
    shop.transactions.published();

    shop.follow(shop.submitted(refused, product, 2));

    assertThat(shop.transactions.published())
        .containsExactly(
            new StockInsufficient(
                refused, List.of(new InventoryEvent.Shortage(product, 2, 0)), List.of()));
    waiting(product, 1);
  }

  @Test
  void a_preorder_waits_for_its_release_though_it_is_in_stock() {
    UUID product =
        waitedFor(3, new Backorder(Policy.PREORDER, null, Instant.now().plusSeconds(3_600)));
    UUID order = waiting(product, 2);

    allocate();
    assertThat(shop.<Boolean>call(tx -> allocateStock.allocate(product, tx))).isFalse();
    assertThat(isWaiting(order)).isTrue();

    change(product, new Backorder(Policy.PREORDER, null, Backend.LONG_AGO));
    UUID tooMany = shop.ids.next();
    shop.follow(shop.submitted(tooMany, product, 2));
    assertThat(shop.transactions.published())
        .as("after its release it is sold from stock only")
        .anyMatch(StockInsufficient.class::isInstance);
    allocate();
    assertThat(isWaiting(order)).isFalse();
  }

  @Test
  void a_part_of_a_bundle_is_waited_for_and_the_bundle_itself_is_not() {
    UUID inStock = shop.product(5, 0);
    UUID part = waitedFor(0, BACKORDER);
    UUID set = shop.product(0, 0);
    var bundle = Bundle.of(List.of(new Line(inStock, 1), new Line(part, 2)));
    assertThat(
            shop.<ChangeProduct.Outcome>call(tx ->
                changeProduct()
                    .change(
                        set,
                        new Product.Change(
                            null, null, null, null, null, null, null, null, BACKORDER, null,
                            bundle),
                        LocationFixture.CAUSE,
                        tx)))
        .isEqualTo(new ChangeProduct.ImpossibleBundle(new BundleRefusal.HasBackorder()));
    UUID order = shop.ids.next();

    shop.follow(submitted(order, new Line(inStock, 1), new Line(part, 2)));

    assertThat(shop.reservation(order).lines())
        .containsExactly(new Held(inStock, LocationCode.MAIN, 1));
    assertThat(shop.reservation(order).awaited()).containsExactly(new Awaited(part, 2, null));
  }

  private ChangeProduct changeProduct() {
    return new ChangeProduct(shop.backend.products(), shop.backend.bundles());
  }

  @Test
  void a_reservation_by_hand_never_waits() {
    UUID product = waitedFor(1, BACKORDER);
    ReserveStock reserveStock =
        new ReserveStock(
            shop.backend.reservations(),
            shop.backend.stocks(),
            shop.backend.bundles(),
            shop.ids,
            AllocationStrategy.PRIORITY);
    var command =
        new ReserveStock.Command(
            shop.ids.next(),
            new Basket(List.of(new Line(product, 2))),
            new TimeToLive(60),
            LocationFixture.CAUSE);

    List<ReserveOutcome> outcomes = shop.call(tx -> reserveStock.reserve(List.of(command), tx));

    assertThat(outcomes.getFirst()).isInstanceOf(ReserveOutcome.FellShort.class);
  }

  private UUID waiting(UUID product, int units) {
    UUID order = shop.ids.next();
    shop.follow(shop.submitted(order, product, units));
    assertThat(isWaiting(order)).isTrue();
    return order;
  }

  private boolean isWaiting(UUID order) {
    return shop.reservation(order).isWaiting();
  }

  private static OrderStep submitted(UUID order, Line... lines) {
    return new OrderStep.Submitted(order, new Basket(List.of(lines)), LocationFixture.CAUSE);
  }

  private UUID waitedFor(int stock, Backorder backorder) {
    UUID product = shop.product(stock, 0);
    change(product, backorder);
    return product;
  }

  private void change(UUID product, Backorder backorder) {
    var change =
        new Product.Change(null, null, null, null, null, null, null, null, backorder, null, null);
    ChangeProduct.Outcome outcome =
        shop.call(tx -> changeProduct().change(product, change, LocationFixture.CAUSE, tx));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ChangeProduct.Changed.class,
            changed ->
                assertThat(changed.product().product().backorder().policy())
                    .isEqualTo(backorder.policy()));
    shop.transactions.published();
  }

  private void allocate() {
    while (allocateStock.run(shop.transactions)) {
      // The next batch of two.
    }
  }

  private void expire() {
    while (shop.<Boolean>call(expireReservations::expire)) {
      // The next batch.
    }
  }
}
