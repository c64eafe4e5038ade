package dev.reserva.inventory.application;

import static dev.reserva.inventory.application.LocationFixture.CAUSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.reserva.contracts.InventoryEvent;
import dev.reserva.contracts.InventoryEvent.ProductCreated;
import dev.reserva.contracts.InventoryEvent.ProductUpdated;
import dev.reserva.contracts.Money;
import dev.reserva.inventory.application.Products.StockedProduct;
import dev.reserva.inventory.domain.AdjustOutcome;
import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.inventory.domain.Backorder;
import dev.reserva.inventory.domain.Basket;
import dev.reserva.inventory.domain.Bundle;
import dev.reserva.inventory.domain.BundleRefusal;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.Held;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.ProductTaxRate;
import dev.reserva.inventory.domain.ReserveOutcome;
import dev.reserva.inventory.domain.Shortage;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.TaxCode;
import dev.reserva.inventory.domain.TimeToLive;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Bundles, for every implementation of the ports. */
public abstract class BundlesContract {

  private static final Product.Change DISCONTINUED =
      new Product.Change(null, null, null, null, null, null, false);

  private final LocationFixture shop;
  private final UUID cup;
  private final UUID plate;

  protected BundlesContract(Backend backend) {
    this.shop = new LocationFixture(backend);
    this.cup = shop.product(7, 0);
    this.plate = shop.product(9, 0);
  }

  @Test
  void a_bundle_has_no_stock_and_is_available_as_often_as_its_parts_allow() {
    var created = (CreateProduct.Created) create(0, 5, set());
    UUID set = created.product().product().id();

    assertThat(created.product())
        .extracting(StockedProduct::stock, StockedProduct::reserved, StockedProduct::available)
        .containsExactly(0, 0, 3);
    assertThat(shop.transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(
            ProductCreated.class,
            event ->
                assertThat(event.bundle())
                    .containsExactly(
                        new InventoryEvent.Part(cup, 2), new InventoryEvent.Part(plate, 1)));
    assertThat(shop.stocked(set)).isEqualTo(created.product());
    assertThat(shop.levels(set)).isEmpty();
    assertThat(shop.lowStock()).doesNotContain(set);

    shop.follow(shop.submitted(shop.ids.next(), cup, 4));
    assertThat(shop.stocked(set).available()).isEqualTo(1);
    change(plate, DISCONTINUED);
    assertThat(shop.stocked(set).available()).isZero();
  }

  @Test
  void statistics_count_a_bundle_as_a_product_without_stock() {
    Stocks.Stats before = shop.snapshot(tx -> shop.backend.stocks().stats(tx));
    bundle(Bundle.of(List.of(new Line(cup, 100))));

    Stocks.Stats now = shop.snapshot(tx -> shop.backend.stocks().stats(tx));
    assertThat(now)
        .isEqualTo(
            new Stocks.Stats(
                before.products() + 1,
                before.stock(),
                before.reserved(),
                before.available(),
                before.awaited(),
                before.lowStock(),
                before.depleted(),
                before.activeReservations()));
  }

  @Test
  void an_impossible_bundle_is_refused_and_the_others_of_its_group_are_created() {
    UUID set = bundle(set());
    UUID nobody = UUID.randomUUID();
    List<CreateProduct.Command> commands =
        List.of(
            command(draft(0, 0, Bundle.of(List.of(new Line(nobody, 1), new Line(cup, 1))))),
            command(draft(0, 0, Bundle.of(List.of(new Line(set, 1))))),
            command(draft(3, 0, set())),
            command(draft(2, 0, Bundle.NONE)),
            command(draft(0, 0, set())));

    List<CreateProduct.Outcome> outcomes = shop.call(tx -> creating().create(commands, tx));

    assertThat(outcomes.subList(0, 3))
        .containsExactly(
            new CreateProduct.ImpossibleBundle(new BundleRefusal.UnknownParts(List.of(nobody))),
            new CreateProduct.ImpossibleBundle(new BundleRefusal.PartsAreBundles(List.of(set))),
            new CreateProduct.ImpossibleBundle(new BundleRefusal.FirstStock(3)));
    assertThat(outcomes.subList(3, 5)).hasOnlyElementsOfType(CreateProduct.Created.class);
  }

  @Test
  void a_bundle_gets_other_parts_and_remains_a_bundle() {
    UUID set = bundle(set());

    var changed = (ChangeProduct.Changed) change(set, parts(new Line(plate, 4)));

    assertThat(changed.product().product().version()).isEqualTo(2);
    assertThat(changed.product().available()).isEqualTo(2);
    assertThat(shop.transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(
            ProductUpdated.class,
            event -> assertThat(event.bundle()).containsExactly(new InventoryEvent.Part(plate, 4)));
    change(set, parts(new Line(plate, 4)));
    change(set, named("Set"));
    assertThat(shop.stocked(set).product().version()).isEqualTo(3);
    assertThat(shop.stocked(set).product().bundle().parts()).containsExactly(new Line(plate, 4));
    assertThat(change(set, parts(new Line(set, 1))))
        .isEqualTo(
            new ChangeProduct.ImpossibleBundle(new BundleRefusal.PartsAreBundles(List.of(set))));
  }

  @Test
  void a_product_becomes_a_bundle_only_if_it_never_had_stock_and_is_no_part() {
    UUID fresh = shop.product(0, 0);

    assertThat(change(cup, parts(new Line(plate, 1))))
        .isEqualTo(new ChangeProduct.ImpossibleBundle(new BundleRefusal.HasHadStock(cup)));
    UUID part = shop.product(0, 0);
    bundle(Bundle.of(List.of(new Line(part, 1))));
    assertThat(change(part, parts(new Line(plate, 1))))
        .isEqualTo(new ChangeProduct.ImpossibleBundle(new BundleRefusal.IsPart(part)));
    assertThat(change(fresh, parts(new Line(fresh, 1))))
        .isEqualTo(
            new ChangeProduct.ImpossibleBundle(new BundleRefusal.PartsAreBundles(List.of(fresh))));

    assertThat(change(fresh, parts(new Line(cup, 3)))).isInstanceOf(ChangeProduct.Changed.class);
    assertThat(shop.stocked(fresh).available()).isEqualTo(2);
    assertThat(shop.levels(fresh)).isEmpty();
  }

  @Test
  void a_bundle_can_be_neither_received_nor_counted() {
    LocationCode north = shop.open(50);
    UUID set = bundle(set());

    assertThat(shop.receive(set, LocationCode.MAIN, 1))
        .isEqualTo(new AdjustOutcome.UnknownProduct(set));
    assertThat(shop.receive(set, north, 1)).isEqualTo(new AdjustOutcome.UnknownProduct(set));
    AdjustOutcome counted =
        shop.call(tx ->
            shop.adjustStock.count(set, LocationCode.MAIN, new PhysicalStock(3), null, CAUSE, tx));
    assertThat(counted).isEqualTo(new AdjustOutcome.UnknownProduct(set));
    assertThat(shop.levels(set)).isEmpty();
    assertThat(shop.transactions.published()).isEmpty();
  }

  @Test
  void a_bundle_is_reserved_by_hand_as_its_parts_all_or_none() {
    UUID set = bundle(set());
    UUID order = shop.ids.next();

    assertThat(reserve(order, new Line(set, 2), new Line(cup, 1)))
        .isInstanceOfSatisfying(
            ReserveOutcome.Reserved.class,
            it ->
                assertThat(it.reservation().lines())
                    .extracting(Held::productId, Held::quantity)
                    .containsExactlyInAnyOrder(tuple(cup, 5), tuple(plate, 2)));
    assertThat(reserve(shop.ids.next(), new Line(set, 2)))
        .isEqualTo(
            new ReserveOutcome.FellShort(List.of(new Shortage(cup, 4, 2)), List.of(), List.of()));
    assertThat(shop.stocked(plate).reserved()).isEqualTo(2);
    change(set, DISCONTINUED);
    assertThat(reserve(shop.ids.next(), new Line(set, 1)))
        .isEqualTo(new ReserveOutcome.FellShort(List.of(), List.of(), List.of(set)));
    assertThat(reserve(order, new Line(set, 1))).isInstanceOf(ReserveOutcome.AlreadyKnown.class);
  }

  @Test
  void bundles_that_need_more_units_than_can_be_counted_are_short() {
    UUID set = bundle(Bundle.of(List.of(new Line(cup, 1_000_000), new Line(plate, 1))));

    assertThat(reserve(shop.ids.next(), new Line(set, 2_148)))
        .isEqualTo(
            new ReserveOutcome.FellShort(
                List.of(new Shortage(cup, Integer.MAX_VALUE, 0)), List.of(), List.of()));
    assertThat(shop.stocked(plate).reserved()).isZero();
  }

  @Test
  void a_file_changes_a_bundle_and_keeps_its_parts() {
    UUID set = bundle(set());
    Product now = shop.stocked(set).product();
    var row =
        new ImportProducts.Row(
            now.sku(),
            new ProductName("Breakfast"),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);

    List<ImportProducts.Fate> fates =
        shop.call(tx ->
            new ImportProducts(shop.backend.products(), creating())
                .apply(List.of(row), "ana", CAUSE, tx));

    assertThat(fates).containsExactly(new ImportProducts.Fate.Updated());
    assertThat(shop.stocked(set).product().name().value()).isEqualTo("Breakfast");
    assertThat(shop.stocked(set).product().bundle()).isEqualTo(now.bundle());
  }

  // ---- fixtures

  private Bundle set() {
    return Bundle.of(List.of(new Line(cup, 2), new Line(plate, 1)));
  }

  private UUID bundle(Bundle bundle) {
    var created = (CreateProduct.Created) create(0, 0, bundle);
    shop.transactions.published();
    return created.product().product().id();
  }

  private CreateProduct creating() {
    return new CreateProduct(
        shop.backend.products(),
        shop.backend.locations(),
        shop.backend.bundles(),
        shop.adjustStock,
        shop.ids);
  }

  private CreateProduct.Outcome create(int stock, int minStock, Bundle bundle) {
    shop.transactions.published();
    return shop.<List<CreateProduct.Outcome>>call(
            tx -> creating().create(List.of(command(draft(stock, minStock, bundle))), tx))
        .getFirst();
  }

  private static CreateProduct.Command command(CreateProduct.Draft draft) {
    return new CreateProduct.Command(draft, "ana", CAUSE);
  }

  private static CreateProduct.Draft draft(int stock, int minStock, Bundle bundle) {
    return new CreateProduct.Draft(
        new Sku("SET-" + UUID.randomUUID()),
        new ProductName("Set"),
        Description.NONE,
        Category.NONE,
        Money.of("10.00", "BRL"),
        ProductTaxRate.NONE,
        TaxCode.NONE,
        new PhysicalStock(stock),
        LocationCode.MAIN,
        new MinStock(minStock),
        Backorder.DENIED,
        bundle);
  }

  private ChangeProduct.Outcome change(UUID id, Product.Change change) {
    return shop.call(tx ->
        new ChangeProduct(shop.backend.products(), shop.backend.bundles())
            .change(id, change, CAUSE, tx));
  }

  private static Product.Change parts(Line... parts) {
    return new Product.Change(
        null, null, null, null, null, null, null, null, null, null, Bundle.of(List.of(parts)));
  }

  private static Product.Change named(String name) {
    return new Product.Change(null, new ProductName(name + "!"), null, null, null, null, null);
  }

  private ReserveOutcome reserve(UUID order, Line... lines) {
    var command =
        new ReserveStock.Command(order, new Basket(List.of(lines)), new TimeToLive(900), CAUSE);
    return shop.<List<ReserveOutcome>>call(tx ->
            new ReserveStock(
                    shop.backend.reservations(),
                    shop.backend.stocks(),
                    shop.backend.bundles(),
                    shop.ids,
                    AllocationStrategy.PRIORITY)
                .reserve(List.of(command), tx))
        .getFirst();
  }
}
