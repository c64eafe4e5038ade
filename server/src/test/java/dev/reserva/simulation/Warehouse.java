package dev.reserva.simulation;

import dev.reserva.contracts.Money;
import dev.reserva.inventory.adapters.memory.MemoryReservations;
import dev.reserva.inventory.application.AdjustStock;
import dev.reserva.inventory.application.ChangeProduct;
import dev.reserva.inventory.application.CreateProduct;
import dev.reserva.inventory.application.ReserveStock;
import dev.reserva.inventory.domain.AdjustOutcome;
import dev.reserva.inventory.domain.Backorder;
import dev.reserva.inventory.domain.Basket;
import dev.reserva.inventory.domain.Bundle;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.ExtendOutcome;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.ProductTaxRate;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReserveOutcome;
import dev.reserva.inventory.domain.ResolveOutcome;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.TaxCode;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Staff who count, receive and reserve stock by hand. Stock is scarce. */
final class Warehouse {

  private static final Cause CAUSE = Cause.of("warehouse");

  private final World world;
  private final Transferrers transfers;
  private final List<UUID> products = new ArrayList<>();
  private final List<UUID> bundles = new ArrayList<>();

  Warehouse(World world) {
    this.world = world;
    this.transfers = new Transferrers(world);
  }

  /** What buyers can order: products with stock of their own, and bundles of them. */
  List<UUID> offered() {
    List<UUID> offered = new ArrayList<>(products);
    offered.addAll(bundles);
    return offered;
  }

  void open() {
    transfers.open();
    int count = 2 + world.random.nextInt(3);
    for (int i = 0; i < count; i++) {
      create(i, 2 + world.random.nextInt(12), backorder(i), Bundle.NONE).ifPresent(products::add);
    }
    create(count, 0, Backorder.DENIED, parts()).ifPresent(bundles::add);
  }

  private Optional<UUID> create(int number, int stock, Backorder backorder, Bundle bundle) {
    var draft =
        new CreateProduct.Draft(
            new Sku("SKU-" + number),
            new ProductName("Product " + number),
            new Description(""),
            new Category(""),
            Money.of((number + 1) + "0.50", "BRL"),
            number % 2 == 0 ? ProductTaxRate.parse("0.175") : ProductTaxRate.NONE,
            TaxCode.NONE,
            new PhysicalStock(stock),
            LocationCode.MAIN,
            new MinStock(1),
            backorder,
            bundle);
    CreateProduct.Outcome outcome =
        world
            .backbone
            .transactions()
            .call(tx ->
                world
                    .any()
                    .inventory
                    .createProduct
                    .create(List.of(new CreateProduct.Command(draft, "warehouse", CAUSE)), tx)
                    .getFirst());
    return outcome instanceof CreateProduct.Created(var created)
        ? Optional.of(created.product().id())
        : Optional.empty();
  }

  /** One or two products, one or two units of each. */
  private Bundle parts() {
    int first = world.random.nextInt(products.size());
    List<Line> parts = new ArrayList<>();
    parts.add(new Line(products.get(first), 1 + world.random.nextInt(2)));
    if (world.random.nextBoolean()) {
      UUID second = products.get((first + 1) % products.size());
      parts.add(new Line(second, 1 + world.random.nextInt(2)));
    }
    return Bundle.of(parts);
  }

  /** The second product can be waited for, the third comes out during the schedule. */
  private Backorder backorder(int product) {
    return switch (product) {
      case 1 -> new Backorder(Backorder.Policy.BACKORDER, 1 + world.random.nextInt(8), null);
      case 2 ->
          new Backorder(
              Backorder.Policy.PREORDER,
              null,
              world.clock.instant().plusSeconds(world.random.nextInt(120)));
      default -> Backorder.DENIED;
    };
  }

  void act() {
    UUID product = world.oneOf(products).orElseThrow();
    switch (world.random.nextInt(15)) {
      case 0, 1, 2 -> receive(product);
      case 3 -> count(product);
      case 4 -> change(product);
      case 5, 6 -> reserve(world.oneOf(offered()).orElseThrow());
      case 7 -> extend();
      case 8, 9 -> transfers.send(product);
      case 10 -> transfers.end();
      case 11 -> transfers.changeLocation();
      case 12 -> compose();
      default -> resolve();
    }
  }

  private void receive(UUID product) {
    var quantity = new Quantity(1 + world.random.nextInt(4));
    world
        .command(
            "receives " + quantity.value() + " of " + Chronicle.name(product),
            (process, tx) ->
                process.inventory.adjustStock.receive(
                    new AdjustStock.Receipt(product, transfers.anywhere(), quantity, null, CAUSE),
                    tx))
        .ifPresent(_ -> world.tally.count(Happening.STOCK_RECEIVED));
  }

  private void count(UUID product) {
    var stock = new PhysicalStock(world.random.nextInt(8));
    LocationCode location = transfers.anywhere();
    world
        .command(
            "counts " + stock.value() + " of " + Chronicle.name(product),
            (process, tx) ->
                process.inventory.adjustStock.count(product, location, stock, null, CAUSE, tx))
        .filter(AdjustOutcome.Adjusted.class::isInstance)
        .ifPresent(_ -> world.tally.count(Happening.STOCK_COUNTED));
  }

  private void change(UUID product) {
    Money price = Money.of((10 + world.random.nextInt(5)) + ".00", "BRL");
    boolean active = world.random.nextInt(4) > 0;
    var change = new Product.Change(null, null, null, null, price, null, active);
    world
        .command(
            "changes " + Chronicle.name(product),
            (process, tx) -> process.inventory.changeProduct.change(product, change, CAUSE, tx))
        .filter(ChangeProduct.Changed.class::isInstance)
        .ifPresent(_ -> world.tally.count(Happening.PRODUCT_CHANGED));
  }

  /** Gives a bundle other parts, while orders for it are under way. */
  private void compose() {
    UUID bundle = world.oneOf(bundles).orElseThrow();
    var change =
        new Product.Change(null, null, null, null, null, null, null, null, null, null, parts());
    world
        .command(
            "changes the parts of " + Chronicle.name(bundle),
            (process, tx) -> process.inventory.changeProduct.change(bundle, change, CAUSE, tx))
        .filter(ChangeProduct.Changed.class::isInstance)
        .ifPresent(_ -> world.tally.count(Happening.BUNDLE_CHANGED));
  }

  /** Reserves for an order that sales does not know. */
  private void reserve(UUID product) {
    var command =
        new ReserveStock.Command(
            world.ids.next(),
            Basket.of(List.of(new Line(product, 1 + world.random.nextInt(2)))),
            new TimeToLive(30 + world.random.nextInt(900)),
            CAUSE);
    world
        .command(
            "reserves by hand",
            (process, tx) ->
                process.inventory.reserveStock.reserve(List.of(command), tx).getFirst())
        .filter(ReserveOutcome.Reserved.class::isInstance)
        .ifPresent(_ -> world.tally.count(Happening.RESERVED_BY_HAND));
  }

  private void extend() {
    var ttl = new TimeToLive(InventoryParts.TTL.seconds() - world.random.nextInt(300));
    world
        .oneOf(held())
        .flatMap(reservation ->
            world.command(
                "extends what is held for " + Chronicle.name(reservation.orderId()),
                (process, tx) ->
                    process
                        .inventory
                        .extendReservation
                        .extend(reservation.id(), ttl, CAUSE, tx)
                        .orElseThrow()))
        .filter(ExtendOutcome.Extended.class::isInstance)
        .ifPresent(_ -> world.tally.count(Happening.HOLD_EXTENDED));
  }

  private List<Reservation> held() {
    return MemoryReservations.table(world.database).values().stream()
        .filter(Reservation::isOpen)
        .toList();
  }

  private void resolve() {
    world
        .oneOf(held())
        .ifPresent(reservation -> {
          boolean confirms = world.random.nextInt(3) == 0;
          world
              .command(
                  (confirms ? "confirms" : "releases")
                      + " by hand what is held for "
                      + Chronicle.name(reservation.orderId()),
                  (process, tx) ->
                      (confirms
                              ? process.inventory.resolveReservation.confirm(
                                  reservation.id(), CAUSE, tx)
                              : process.inventory.resolveReservation.release(
                                  reservation.id(), CAUSE, tx))
                          .orElseThrow())
              .filter(ResolveOutcome.Ended.class::isInstance)
              .ifPresent(_ ->
                  world.tally.count(
                      confirms ? Happening.CONFIRMED_BY_HAND : Happening.RELEASED_BY_HAND));
        });
  }
}
