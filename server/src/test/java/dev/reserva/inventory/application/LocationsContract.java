package dev.reserva.inventory.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.reserva.RecordingTransactions;
import dev.reserva.contracts.InventoryEvent;
import dev.reserva.contracts.InventoryEvent.LocationCreated;
import dev.reserva.contracts.InventoryEvent.LocationUpdated;
import dev.reserva.contracts.InventoryEvent.StockAdjusted;
import dev.reserva.contracts.InventoryEvent.StockConfirmed;
import dev.reserva.contracts.InventoryEvent.StockLow;
import dev.reserva.contracts.InventoryEvent.StockReserved;
import dev.reserva.contracts.InventoryEvent.StockTransferred;
import dev.reserva.contracts.Money;
import dev.reserva.inventory.application.ChangeLocation.Change;
import dev.reserva.inventory.domain.AdjustOutcome;
import dev.reserva.inventory.domain.AllocationReason;
import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.inventory.domain.Basket;
import dev.reserva.inventory.domain.ByHand;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.Held;
import dev.reserva.inventory.domain.LedgerKind;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.Location;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.Reason;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import dev.reserva.inventory.domain.Return;
import dev.reserva.inventory.domain.SafetyStock;
import dev.reserva.inventory.domain.Shortage;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.inventory.domain.Transfer;
import dev.reserva.inventory.domain.TransferOutcome;
import dev.reserva.inventory.domain.TransferStatus;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The behaviour of locations and transfers, for every implementation of the ports.
 *
 * <p>Tests share what is stored, so each makes products, orders and locations of its own.
 */
public abstract class LocationsContract {

  private static final Cause CAUSE = Cause.of("test");
  private static final TimeToLive TTL = new TimeToLive(900);
  private static final ByHand BY = new ByHand("ana", new Reason("rebalanced"));

  private final Ids ids = Ids.timeOrdered();
  private final Backend backend;
  private final RecordingTransactions transactions;
  private final AdjustStock adjustStock;
  private final FollowOrders followOrders;
  private final TransferStock transferStock;

  protected LocationsContract(Backend backend) {
    this.backend = backend;
    this.transactions = new RecordingTransactions(backend.transactions());
    this.adjustStock = new AdjustStock(backend.reservations(), backend.stocks(), ids);
    this.followOrders =
        new FollowOrders(
            backend.reservations(),
            backend.stocks(),
            backend.returns(),
            ids,
            AllocationStrategy.PRIORITY,
            TTL);
    this.transferStock =
        new TransferStock(
            backend.transfers(),
            backend.locations(),
            backend.reservations(),
            backend.stocks(),
            ids);
  }

  @Test
  void a_location_is_opened_once_and_changed() {
    LocationCode code = code();
    var location = new Location(ids.next(), code, "North", 7, true);
    var opening = new OpenLocation(backend.locations());

    assertThat(this.<Locations.Added>call(tx -> opening.open(location, CAUSE, tx)))
        .isEqualTo(Locations.Added.ADDED);
    assertThat(this.<Locations.Added>call(tx -> opening.open(location, CAUSE, tx)))
        .isEqualTo(Locations.Added.CODE_TAKEN);
    var changed =
        call(tx ->
                new ChangeLocation(backend.locations())
                    .change(code, new Change(null, 9, false), CAUSE, tx))
            .orElseThrow();

    assertThat(changed.after()).isEqualTo(new Location(location.id(), code, "North", 9, false));
    assertThat(locations(code)).containsExactly(changed.after());
    assertThat(transactions.published())
        .containsExactly(
            new LocationCreated(location.id(), code.value(), "North", 7, true),
            new LocationUpdated(location.id(), code.value(), "North", 9, false));
  }

  @Test
  void a_change_that_changes_nothing_is_not_told() {
    LocationCode code = open(5);

    call(tx ->
        new ChangeLocation(backend.locations())
            .change(code, new Change("North", 5, true), CAUSE, tx));

    assertThat(transactions.published()).isEmpty();
    assertThat(
            this.<Optional<ChangeLocation.Changed>>call(tx ->
                new ChangeLocation(backend.locations())
                    .change(new LocationCode("nowhere"), new Change("x", 1, true), CAUSE, tx)))
        .isEmpty();
  }

  @Test
  void the_default_location_exists_and_the_list_goes_by_code() {
    LocationCode behind = new LocationCode("MAIN2" + UUID.randomUUID());
    open(behind, 5);

    List<LocationCode> found =
        snapshot(tx -> backend.locations().list(new LocationCode("MAI"), 100, tx)).stream()
            .map(Location::code)
            .toList();

    assertThat(found).contains(LocationCode.MAIN, behind).isSorted();
    assertThat(
            this.<Set<LocationCode>>snapshot(tx ->
                backend
                    .locations()
                    .existing(List.of(LocationCode.MAIN, behind, new LocationCode("none")), tx)))
        .containsExactlyInAnyOrder(LocationCode.MAIN, behind);
  }

  @Test
  void stock_is_received_counted_and_kept_back_at_a_location() {
    LocationCode north = open(5);
    UUID product = product(10, 4);

    receive(product, north, 6);
    var counted =
        call(tx -> adjustStock.count(product, north, new PhysicalStock(5), BY, CAUSE, tx));
    var kept =
        call(tx -> adjustStock.keepBack(product, LocationCode.MAIN, new SafetyStock(9), CAUSE, tx));

    assertThat(counted).isInstanceOf(AdjustOutcome.Adjusted.class);
    assertThat(kept).isInstanceOf(AdjustOutcome.KeptBack.class);
    assertThat(levels(product))
        .extracting(StockLevel::location, StockLevel::physical, StockLevel::available)
        .containsExactly(tuple(north, 5, 5), tuple(LocationCode.MAIN, 10, 1));
    assertThat(stocked(product).stock()).isEqualTo(15);
    assertThat(stocked(product).available()).isEqualTo(6);
    assertThat(transactions.published())
        .containsExactly(
            new StockAdjusted(product, "RECEIVED", 6, 6, null, north.value()),
            new StockAdjusted(product, "ADJUSTED", -1, 5, "rebalanced", north.value()));
  }

  @Test
  void stock_that_is_kept_back_or_closed_can_make_a_product_run_low() {
    UUID product = product(10, 4);

    call(tx -> adjustStock.keepBack(product, LocationCode.MAIN, new SafetyStock(7), CAUSE, tx));

    assertThat(transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(StockLow.class, low -> assertThat(low.available()).isEqualTo(3));
    assertThat(lowStock()).contains(product);
    receive(product, LocationCode.MAIN, 5);
    assertThat(lowStock()).doesNotContain(product);
  }

  @Test
  void an_unknown_location_gets_nothing() {
    UUID product = product(3, 0);
    LocationCode nowhere = new LocationCode("nowhere");

    assertThat(receive(product, nowhere, 1)).isEqualTo(new AdjustOutcome.UnknownLocation(nowhere));
    assertThat(
            this.<CreateProduct.Outcome>call(tx ->
                new CreateProduct(backend.products(), backend.locations(), adjustStock, ids)
                    .create(
                        List.of(new CreateProduct.Command(draft(3, 0, nowhere), "ana", CAUSE)), tx)
                    .getFirst()))
        .isEqualTo(new CreateProduct.UnknownLocation(nowhere));
    assertThat(levels(product)).hasSize(1);
    assertThat(transactions.published()).isEmpty();
  }

  @Test
  void a_product_is_created_at_a_location_beside_others_of_unknown_ones() {
    LocationCode north = open(5);
    LocationCode nowhere = new LocationCode("nowhere");

    List<CreateProduct.Outcome> outcomes =
        call(tx ->
            new CreateProduct(backend.products(), backend.locations(), adjustStock, ids)
                .create(
                    List.of(
                        new CreateProduct.Command(draft(3, 0, nowhere), "ana", CAUSE),
                        new CreateProduct.Command(draft(4, 0, north), "ana", CAUSE)),
                    tx));

    assertThat(outcomes.getFirst()).isEqualTo(new CreateProduct.UnknownLocation(nowhere));
    UUID created = ((CreateProduct.Created) outcomes.getLast()).product().product().id();
    assertThat(levels(created))
        .extracting(StockLevel::location, StockLevel::physical)
        .containsExactlyInAnyOrder(tuple(north, 4), tuple(LocationCode.MAIN, 0));
  }

  @Test
  void an_order_is_held_confirmed_and_given_back_where_its_goods_are() {
    LocationCode north = open(5);
    UUID mug = product(2, 0);
    UUID tea = product(9, 0);
    receive(mug, north, 3);
    UUID order = ids.next();
    transactions.published();

    follow(
        new OrderStep.Submitted(
            order, new Basket(List.of(new Line(mug, 4), new Line(tea, 1))), CAUSE),
        new OrderStep.Paid(order, CAUSE));

    Reservation held = reservation(order);
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
    assertThat(transactions.published())
        .filteredOn(it -> it instanceof StockReserved || it instanceof StockConfirmed)
        .containsExactly(
            new StockReserved(order, held.id(), lines, held.expiresAt()),
            new StockConfirmed(order, held.id(), lines, false));
    assertThat(levels(mug)).extracting(StockLevel::physical).containsExactly(0, 1);

    follow(new OrderStep.Cancelled(order, "returned", CAUSE));

    assertThat(levels(mug)).extracting(StockLevel::physical).containsExactly(3, 2);
    assertThat(levels(mug)).extracting(StockLevel::reserved).containsExactly(0, 0);
  }

  @Test
  void a_late_payment_takes_the_goods_from_where_they_were_held() {
    LocationCode north = open(5);
    UUID mug = product(9, 0);
    receive(mug, north, 3);
    UUID order = ids.next();
    follow(submitted(order, mug, 3));
    backend.expireAt(order, backend.transactions().call(tx -> tx.now()).minusSeconds(1));
    call(tx ->
        new ChangeLocation(backend.locations())
            .change(north, new Change(null, null, false), CAUSE, tx));

    follow(new OrderStep.Paid(order, CAUSE));

    assertThat(reservation(order).status()).isEqualTo(ReservationStatus.CONFIRMED);
    assertThat(levels(mug)).extracting(StockLevel::physical).containsExactly(0, 9);
  }

  @Test
  void goods_come_back_to_the_location_that_the_return_names() {
    LocationCode north = open(5);
    UUID mug = product(9, 0);
    UUID order = ids.next();
    follow(submitted(order, mug, 3), new OrderStep.Paid(order, CAUSE));

    follow(
        new OrderStep.Returned(
            new Return(ids.next(), order, List.of(new Line(mug, 2)), true, north), CAUSE));

    assertThat(levels(mug))
        .extracting(StockLevel::location, StockLevel::physical)
        .containsExactly(tuple(north, 2), tuple(LocationCode.MAIN, 6));
  }

  @Test
  void a_transfer_leaves_one_location_and_arrives_at_the_other() {
    LocationCode north = open(5);
    UUID mug = product(9, 0);

    UUID transfer = send(mug, 4, LocationCode.MAIN, north);
    assertThat(stocked(mug).stock()).as("in transit it is stock of no location").isEqualTo(5);
    assertThat(transactions.published())
        .containsExactly(
            new StockTransferred(transfer, mug, 4, "MAIN", north.value(), "IN_TRANSIT"));

    assertThat(receive(transfer)).isInstanceOf(TransferOutcome.Moved.class);
    assertThat(receive(transfer)).isInstanceOf(TransferOutcome.DoneBefore.class);
    assertThat(cancel(transfer)).isInstanceOf(TransferOutcome.EndedOtherwise.class);

    assertThat(levels(mug)).extracting(StockLevel::physical).containsExactly(4, 5);
    assertThat(transactions.published())
        .containsExactly(new StockTransferred(transfer, mug, 4, "MAIN", north.value(), "RECEIVED"));
    assertThat(
            this.<List<LedgerEntries.Numbered>>snapshot(
                tx -> backend.ledgerEntries().of(mug, Long.MAX_VALUE, 2, tx)))
        .extracting(it -> it.entry().kind(), it -> it.entry().location())
        .containsExactly(
            tuple(LedgerKind.TRANSFERRED_IN, north),
            tuple(LedgerKind.TRANSFERRED_OUT, LocationCode.MAIN));
  }

  @Test
  void a_cancelled_transfer_is_stock_of_its_origin_again() {
    LocationCode north = open(5);
    UUID mug = product(9, 0);
    UUID transfer = send(mug, 4, LocationCode.MAIN, north);

    assertThat(cancel(transfer)).isInstanceOf(TransferOutcome.Moved.class);
    assertThat(receive(transfer)).isInstanceOf(TransferOutcome.EndedOtherwise.class);

    assertThat(levels(mug))
        .filteredOn(level -> level.location().isMain())
        .extracting(StockLevel::physical)
        .containsExactly(9);
    assertThat(
            this.<List<Transfer>>snapshot(
                tx -> backend.transfers().list(TransferStatus.CANCELLED, mug, null, 10, tx)))
        .singleElement()
        .satisfies(it -> assertThat(it.endedAt()).isNotNull());
  }

  @Test
  void what_an_order_holds_cannot_be_transferred() {
    LocationCode north = open(5);
    UUID mug = product(9, 0);
    follow(submitted(ids.next(), mug, 6));

    assertThat(sending(mug, 4, LocationCode.MAIN, north))
        .isEqualTo(new TransferOutcome.FellShort(new Shortage(mug, 4, 3)));
    assertThat(sending(mug, 1, north, LocationCode.MAIN))
        .as("a location that never held it")
        .isEqualTo(new TransferOutcome.FellShort(new Shortage(mug, 1, 0)));
    UUID unknown = ids.next();
    assertThat(sending(unknown, 1, LocationCode.MAIN, north))
        .isEqualTo(new TransferOutcome.UnknownProduct(unknown));
    LocationCode nowhere = new LocationCode("nowhere");
    assertThat(sending(mug, 1, LocationCode.MAIN, nowhere))
        .isEqualTo(new TransferOutcome.UnknownLocation(nowhere));
    assertThat(sending(mug, 3, LocationCode.MAIN, north)).isInstanceOf(TransferOutcome.Moved.class);
  }

  @Test
  void transfers_are_listed_newest_first() {
    LocationCode north = open(5);
    UUID mug = product(9, 0);
    List<UUID> sent =
        IntStream.range(0, 3).mapToObj(_ -> send(mug, 1, LocationCode.MAIN, north)).toList();
    receive(sent.getFirst());

    assertThat(transfers(null, null, mug)).containsExactlyElementsOf(sent.reversed());
    assertThat(transfers(TransferStatus.IN_TRANSIT, null, mug))
        .containsExactly(sent.get(2), sent.get(1));
    assertThat(transfers(null, sent.get(2), mug)).containsExactly(sent.get(1), sent.get(0));
  }

  private <T> T call(Function<UnitOfWork, T> work) {
    return transactions.call(work);
  }

  private <T> T snapshot(Function<UnitOfWork, T> work) {
    return transactions.snapshot(work);
  }

  private List<UUID> transfers(
      @Nullable TransferStatus status, @Nullable UUID before, UUID product) {
    return snapshot(tx -> backend.transfers().list(status, product, before, 10, tx)).stream()
        .map(it -> it.id())
        .toList();
  }

  private TransferOutcome sending(UUID product, int units, LocationCode from, LocationCode to) {
    return call(tx ->
        transferStock.send(
            new TransferStock.Command(product, new Quantity(units), from, to, BY), CAUSE, tx));
  }

  private UUID send(UUID product, int units, LocationCode from, LocationCode to) {
    transactions.published();
    return ((TransferOutcome.Moved) sending(product, units, from, to)).transfer().id();
  }

  private TransferOutcome receive(UUID transfer) {
    return call(tx -> transferStock.receive(transfer, BY, CAUSE, tx)).orElseThrow();
  }

  private TransferOutcome cancel(UUID transfer) {
    return call(tx -> transferStock.cancel(transfer, BY, CAUSE, tx)).orElseThrow();
  }

  private AdjustOutcome receive(UUID product, LocationCode location, int units) {
    return call(tx ->
        adjustStock.receive(
            new AdjustStock.Receipt(product, location, new Quantity(units), null, CAUSE), tx));
  }

  private OrderStep submitted(UUID order, UUID product, int units) {
    return new OrderStep.Submitted(order, new Basket(List.of(new Line(product, units))), CAUSE);
  }

  private void follow(OrderStep... steps) {
    for (OrderStep step : steps) {
      transactions.run(tx -> followOrders.follow(List.of(step), tx));
    }
  }

  private Reservation reservation(UUID order) {
    return snapshot(tx -> backend.reservations().list(null, order, null, 1, tx)).getFirst();
  }

  private List<StockLevel> levels(UUID product) {
    return snapshot(tx -> backend.stocks().of(product, tx));
  }

  private Products.StockedProduct stocked(UUID product) {
    return snapshot(tx -> backend.products().find(product, tx)).orElseThrow();
  }

  private List<UUID> lowStock() {
    return snapshot(tx -> backend.products().list(Products.Filter.LOW, null, 100, tx)).stream()
        .map(it -> it.product().id())
        .toList();
  }

  private List<Location> locations(LocationCode code) {
    return snapshot(tx -> backend.locations().list(null, 200, tx)).stream()
        .filter(it -> it.code().equals(code))
        .toList();
  }

  private static LocationCode code() {
    return new LocationCode("N" + UUID.randomUUID());
  }

  private LocationCode open(int priority) {
    LocationCode code = code();
    open(code, priority);
    return code;
  }

  private void open(LocationCode code, int priority) {
    assertThat(
            this.<Locations.Added>call(tx ->
                new OpenLocation(backend.locations())
                    .open(new Location(ids.next(), code, "North", priority, true), CAUSE, tx)))
        .isEqualTo(Locations.Added.ADDED);
    transactions.published();
  }

  private UUID product(int stock, int minStock) {
    CreateProduct.Outcome outcome =
        call(tx ->
            new CreateProduct(backend.products(), backend.locations(), adjustStock, ids)
                .create(
                    List.of(
                        new CreateProduct.Command(
                            draft(stock, minStock, LocationCode.MAIN), "ana", CAUSE)),
                    tx)
                .getFirst());
    transactions.published();
    return ((CreateProduct.Created) outcome).product().product().id();
  }

  private static CreateProduct.Draft draft(int stock, int minStock, LocationCode location) {
    return new CreateProduct.Draft(
        new Sku("SKU-" + UUID.randomUUID()),
        new ProductName("Thing"),
        Description.NONE,
        new Category(""),
        Money.of("10.00", "BRL"),
        new PhysicalStock(stock),
        location,
        new MinStock(minStock));
  }
}
