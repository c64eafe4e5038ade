package dev.reserva.inventory.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.RecordingTransactions;
import dev.reserva.contracts.Money;
import dev.reserva.inventory.domain.AdjustOutcome;
import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.inventory.domain.Basket;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.Location;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** What tests of locations and transfers do to the stock of a shop. */
final class LocationFixture {

  static final Cause CAUSE = Cause.of("test");
  private static final TimeToLive TTL = new TimeToLive(900);

  final Ids ids = Ids.timeOrdered();
  final Backend backend;
  final RecordingTransactions transactions;
  final AdjustStock adjustStock;
  private final FollowOrders followOrders;

  LocationFixture(Backend backend) {
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
            TTL,
            Duration.ofDays(180));
  }

  <T> T call(Function<UnitOfWork, T> work) {
    return transactions.call(work);
  }

  <T> T snapshot(Function<UnitOfWork, T> work) {
    return transactions.snapshot(work);
  }

  AdjustOutcome receive(UUID product, LocationCode location, int units) {
    return call(tx ->
        adjustStock.receive(
            new AdjustStock.Receipt(product, location, new Quantity(units), null, CAUSE), tx));
  }

  OrderStep submitted(UUID order, UUID product, int units) {
    return new OrderStep.Submitted(order, new Basket(List.of(new Line(product, units))), CAUSE);
  }

  void follow(OrderStep... steps) {
    for (OrderStep step : steps) {
      transactions.run(tx -> followOrders.follow(List.of(step), tx));
    }
  }

  Reservation reservation(UUID order) {
    return snapshot(tx -> backend.reservations().list(null, order, null, 1, tx)).getFirst();
  }

  List<StockLevel> levels(UUID product) {
    return snapshot(tx -> backend.stocks().of(product, tx));
  }

  Products.StockedProduct stocked(UUID product) {
    return snapshot(tx -> backend.products().find(product, tx)).orElseThrow();
  }

  List<UUID> lowStock() {
    return snapshot(tx -> backend.products().list(Products.Filter.LOW, null, 100, tx)).stream()
        .map(it -> it.product().id())
        .toList();
  }

  List<Location> locations(LocationCode code) {
    return snapshot(tx -> backend.locations().list(null, 200, tx)).stream()
        .filter(it -> it.code().equals(code))
        .toList();
  }

  static LocationCode code() {
    return new LocationCode("N" + UUID.randomUUID());
  }

  LocationCode open(int priority) {
    LocationCode code = code();
    open(code, priority);
    return code;
  }

  void open(LocationCode code, int priority) {
    assertThat(
            this.<Locations.Added>call(tx ->
                new OpenLocation(backend.locations())
                    .open(new Location(ids.next(), code, "North", priority, true), CAUSE, tx)))
        .isEqualTo(Locations.Added.ADDED);
    transactions.published();
  }

  UUID product(int stock, int minStock) {
    CreateProduct.Outcome outcome =
        call(tx ->
            new CreateProduct(
                    backend.products(), backend.locations(), backend.bundles(), adjustStock, ids)
                .create(
                    List.of(
                        new CreateProduct.Command(
                            draft(stock, minStock, LocationCode.MAIN), "ana", CAUSE)),
                    tx)
                .getFirst());
    transactions.published();
    return ((CreateProduct.Created) outcome).product().product().id();
  }

  static CreateProduct.Draft draft(int stock, int minStock, LocationCode location) {
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
