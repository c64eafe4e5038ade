package dev.reserva.inventory.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reserva.RecordingTransactions;
import dev.reserva.contracts.InventoryEvent;
import dev.reserva.contracts.InventoryEvent.ProductCreated;
import dev.reserva.contracts.InventoryEvent.ProductDiscontinued;
import dev.reserva.contracts.InventoryEvent.ProductUpdated;
import dev.reserva.contracts.InventoryEvent.StockAdjusted;
import dev.reserva.contracts.InventoryEvent.StockConfirmationFailed;
import dev.reserva.contracts.InventoryEvent.StockConfirmed;
import dev.reserva.contracts.InventoryEvent.StockDepleted;
import dev.reserva.contracts.InventoryEvent.StockExtended;
import dev.reserva.contracts.InventoryEvent.StockInsufficient;
import dev.reserva.contracts.InventoryEvent.StockLow;
import dev.reserva.contracts.InventoryEvent.StockReleased;
import dev.reserva.contracts.InventoryEvent.StockReserved;
import dev.reserva.contracts.Money;
import dev.reserva.inventory.application.ImportProducts.Fate;
import dev.reserva.inventory.application.ImportProducts.Row;
import dev.reserva.inventory.application.Products.Filter;
import dev.reserva.inventory.application.Products.StockedProduct;
import dev.reserva.inventory.domain.AdjustOutcome;
import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.inventory.domain.Basket;
import dev.reserva.inventory.domain.ByHand;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Description;
import dev.reserva.inventory.domain.ExtendOutcome;
import dev.reserva.inventory.domain.LedgerEntry;
import dev.reserva.inventory.domain.LedgerKind;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.MinStock;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.ProductName;
import dev.reserva.inventory.domain.ProductTaxRate;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.Reason;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import dev.reserva.inventory.domain.ReserveOutcome;
import dev.reserva.inventory.domain.ResolveOutcome;
import dev.reserva.inventory.domain.Return;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.inventory.domain.TaxCode;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.NewIds;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The behaviour of the use cases, for every implementation of the ports.
 *
 * <p>Tests share what is stored, so each makes products and orders of its own.
 */
public abstract class InventoryContract {

  private static final Cause CAUSE = Cause.of("test");
  private static final TimeToLive TTL = new TimeToLive(900);
  private static final Duration LONGEST_WAIT = Duration.ofDays(180);

  private final Ids ids = Ids.timeOrdered();
  private final Backend backend;
  private final Products products;
  private final Stocks stocks;
  private final Reservations reservations;
  private final RecordingTransactions transactions;
  private final AdjustStock adjustStock;
  private final FollowOrders followOrders;
  private final ReserveStock reserveStock;
  private final ResolveReservation resolveReservation;
  private final ExpireReservations expireReservations;
  private final ReadLedger readLedger;
  private final ImportProducts importProducts;

  protected InventoryContract(Backend backend) {
    this.backend = backend;
    this.products = backend.products();
    this.stocks = backend.stocks();
    this.reservations = backend.reservations();
    this.transactions = new RecordingTransactions(backend.transactions());
    this.adjustStock = new AdjustStock(reservations, stocks, ids);
    this.followOrders =
        new FollowOrders(
            reservations,
            stocks,
            backend.returns(),
            ids,
            AllocationStrategy.PRIORITY,
            TTL,
            LONGEST_WAIT);
    this.reserveStock =
        new ReserveStock(reservations, stocks, backend.bundles(), ids, AllocationStrategy.PRIORITY);
    this.resolveReservation = new ResolveReservation(reservations, stocks, ids);
    this.readLedger = new ReadLedger(products, backend.ledgerEntries());
    this.importProducts =
        new ImportProducts(
            products,
            new CreateProduct(products, backend.locations(), backend.bundles(), adjustStock, ids));
    this.expireReservations = new ExpireReservations(reservations, stocks, ids, 100);
  }

  @BeforeEach
  void leave_nothing_overdue_behind() {
    while (transactions.call(expireReservations::expire)) {
      // until nothing is left of what other tests made
    }
    transactions.published();
  }

  // ---- the catalogue

  @Test
  void a_product_begins_with_its_first_stock_and_says_so() {
    Sku sku = sku();
    var created = create(sku, "Mouse", "toys", 50, 5);

    assertThat(transactions.published())
        .containsExactly(
            new ProductCreated(
                created.product().id(),
                sku.value(),
                "Mouse",
                "toys",
                price("10.00"),
                true,
                null,
                null),
            new StockAdjusted(created.product().id(), "RECEIVED", 50, 50, "first stock", null));
    assertThat(find(created.product().id())).isEqualTo(created);
  }

  @Test
  void each_of_many_products_gets_its_own_outcome_and_the_first_of_a_sku_is_created() {
    Sku known = sku();
    Sku wanted = sku();
    create(known, "Mouse", "", 1, 0);
    transactions.published();
    List<CreateProduct.Command> commands =
        List.of(
            new CreateProduct.Command(draft(wanted, "Cat", "", 3, 0), "ana", CAUSE),
            new CreateProduct.Command(draft(known, "Rat", "", 4, 0), "ana", CAUSE),
            new CreateProduct.Command(draft(wanted, "Dog", "", 5, 0), "ana", CAUSE),
            new CreateProduct.Command(draft(sku(), "Owl", "", 0, 0), "ana", CAUSE));

    List<CreateProduct.Outcome> outcomes =
        transactions.call(tx ->
            new CreateProduct(products, backend.locations(), backend.bundles(), adjustStock, ids)
                .create(commands, tx));

    assertThat(outcomes.get(0)).isInstanceOf(CreateProduct.Created.class);
    assertThat(outcomes.get(1)).isEqualTo(new CreateProduct.SkuTaken(known));
    assertThat(outcomes.get(2)).isEqualTo(new CreateProduct.SkuTaken(wanted));
    var cat = ((CreateProduct.Created) outcomes.get(0)).product();
    var owl = ((CreateProduct.Created) outcomes.get(3)).product();
    assertThat(find(cat.product().id())).isEqualTo(cat);
    assertThat(find(owl.product().id())).isEqualTo(owl);
    assertThat(cat.stock()).isEqualTo(3);
    assertThat(transactions.published())
        .extracting(Object::getClass)
        .containsExactlyInAnyOrder(ProductCreated.class, StockAdjusted.class, ProductCreated.class);
  }

  @Test
  void a_sku_is_taken_once() {
    Sku sku = sku();
    create(sku, "Mouse", "", 1, 0);
    transactions.published();

    assertThat(
            transactions.<CreateProduct.Outcome>call(
                tx -> creating(sku, "Rat", "", 1, 0).apply(tx)))
        .isEqualTo(new CreateProduct.SkuTaken(sku));
    assertThat(transactions.published()).isEmpty();
  }

  @Test
  void the_tax_of_a_product_is_published_and_is_kept_until_it_is_changed_or_taken_away() {
    UUID id = create(sku(), "Mouse", "", 7, 0).product().id();
    transactions.published();

    change(id, taxed("0.190", "pets"));
    change(id, new Product.Change(null, new ProductName("Rat"), null, null, null, null, null));
    change(id, taxed("", ""));

    assertThat(transactions.published())
        .extracting(event -> ((ProductUpdated) event).taxRate())
        .containsExactly("0.19", "0.19", null);
    assertThat(find(id).product().taxRate()).isEqualTo(ProductTaxRate.NONE);
    assertThat(find(id).product().taxCode()).isEqualTo(TaxCode.NONE);
    change(id, taxed("0.999999", "x"));
    assertThat(find(id).product().taxRate()).isEqualTo(ProductTaxRate.parse("0.999999"));
    assertThat(find(id).product().taxCode()).isEqualTo(new TaxCode("x"));
  }

  private static Product.Change taxed(String rate, String code) {
    return new Product.Change(
        null, null, null, null, null, ProductTaxRate.parse(rate), new TaxCode(code), null, null);
  }

  @Test
  void a_change_of_a_product_raises_its_version_and_publishes_its_new_state() {
    UUID id = create(sku(), "Mouse", "", 7, 0).product().id();
    transactions.published();

    var changed =
        (ChangeProduct.Changed)
            change(
                id,
                new Product.Change(
                    null, null, null, new Category("pets"), price("12.50"), null, null));

    assertThat(changed.product().product().version()).isEqualTo(2);
    assertThat(changed.product().stock()).isEqualTo(7);
    assertThat(find(id)).isEqualTo(changed.product());
    assertThat(transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(
            ProductUpdated.class,
            it -> {
              assertThat(it.price()).isEqualTo(price("12.50"));
              assertThat(it.category()).isEqualTo("pets");
            });
  }

  @Test
  void an_unknown_product_cannot_be_changed() {
    assertThat(change(UUID.randomUUID(), discontinue()))
        .isInstanceOf(ChangeProduct.UnknownProduct.class);
    assertThat(transactions.published()).isEmpty();
  }

  @Test
  void a_sku_of_another_product_is_refused() {
    Sku taken = sku();
    create(taken, "Mouse", "", 0, 0);
    UUID id = create(sku(), "Rat", "", 0, 0).product().id();

    var outcome = change(id, new Product.Change(taken, null, null, null, null, null, null));

    assertThat(outcome).isEqualTo(new ChangeProduct.SkuTaken(taken));
  }

  @Test
  void a_discontinued_product_is_announced_once_and_cannot_be_reserved() {
    UUID id = create(sku(), "Mouse", "", 7, 0).product().id();
    transactions.published();

    change(id, discontinue());
    change(id, discontinue());

    assertThat(transactions.published()).singleElement().isInstanceOf(ProductDiscontinued.class);
    assertThat(reserve(UUID.randomUUID(), new Line(id, 1)))
        .isInstanceOf(ReserveOutcome.FellShort.class);
  }

  @Test
  void products_are_found_by_text_category_and_sku_newest_first() {
    String word = "w" + UUID.randomUUID();
    Sku sku = sku();
    UUID first = create(sku, "A " + word + " 100% _x", word, 0, 0).product().id();
    UUID second = create(sku(), word.toUpperCase(Locale.ROOT), word, 5, 1).product().id();
    UUID third = create(sku(), "other", word, 0, 2).product().id();

    assertThat(list(new Filter(word, null, null, null, false))).containsExactly(second, first);
    assertThat(list(new Filter(word + " 100% _", null, null, null, false))).containsExactly(first);
    assertThat(list(new Filter(null, word, null, null, false)))
        .containsExactly(third, second, first);
    assertThat(list(new Filter(null, null, sku, null, false))).containsExactly(first);
    assertThat(list(new Filter(word, word, sku, null, false))).containsExactly(first);
    assertThat(list(new Filter(null, word, null, null, true))).containsExactly(third, first);
    assertThat(ids(new Filter(null, word, null, null, false), third, 1)).containsExactly(second);
    change(second, discontinue());
    assertThat(list(new Filter(null, word, null, true, false))).containsExactly(third, first);
    assertThat(list(new Filter(null, word, null, false, false))).containsExactly(second);
  }

  // ---- physical stock

  @Test
  void received_and_counted_stock_is_published_with_its_reason() {
    UUID id = create(sku(), "Mouse", "", 10, 8).product().id();
    transactions.published();

    transactions.run(tx ->
        adjustStock.receive(
            new AdjustStock.Receipt(id, LocationCode.MAIN, new Quantity(5), null, CAUSE), tx));
    transactions.run(tx ->
        adjustStock.count(
            id,
            LocationCode.MAIN,
            new PhysicalStock(0),
            new ByHand("ana", new Reason("fire")),
            CAUSE,
            tx));

    String sku = find(id).product().sku().value();
    assertThat(transactions.published())
        .containsExactly(
            new StockAdjusted(id, "RECEIVED", 5, 15, null, null),
            new StockAdjusted(id, "ADJUSTED", -15, 0, "fire", null),
            new StockLow(id, sku, 0, 8),
            new StockDepleted(id, sku));
    assertThat(find(id).stock()).isZero();
  }

  @Test
  void the_ledger_lists_each_change_of_a_product_with_the_stock_after_it() {
    UUID id = create(sku(), "Mouse", "", 10, 0).product().id();
    UUID other = product(5);
    UUID order = ids.next();
    follow(submitted(order, new Line(id, 3), new Line(other, 1)));
    follow(new OrderStep.Paid(order, CAUSE));
    transactions.run(tx ->
        adjustStock.count(
            id,
            LocationCode.MAIN,
            new PhysicalStock(5),
            new ByHand("ana", new Reason("broken")),
            CAUSE,
            tx));

    List<ReadLedger.Line> lines = ledger(id, null, 10);

    assertThat(lines)
        .extracting(
            line -> line.entry().entry().kind(),
            line -> line.entry().entry().units(),
            ReadLedger.Line::stock,
            ReadLedger.Line::reserved)
        .containsExactly(
            tuple(LedgerKind.ADJUSTED, -2, 5, 0),
            tuple(LedgerKind.CONFIRMED, 3, 7, 0),
            tuple(LedgerKind.RESERVED, 3, 10, 3),
            tuple(LedgerKind.RECEIVED, 10, 10, 0));
    assertThat(lines.getLast().next()).extracting("stock", "reserved").containsExactly(0, 0);
    assertThat(lines)
        .extracting(line -> line.entry().entry())
        .extracting(LedgerEntry::orderId, LedgerEntry::actor, LedgerEntry::reason)
        .containsExactly(
            tuple(null, "ana", "broken"),
            tuple(order, null, null),
            tuple(order, null, null),
            tuple(null, "ana", "first stock"));
    assertThat(ledger(id, null, 2)).isEqualTo(lines.subList(0, 2));
    assertThat(ledger(id, lines.get(1).next(), 10)).isEqualTo(lines.subList(2, 4));
    assertThat(ledger(id, lines.getLast().next(), 10)).isEmpty();
  }

  @Test
  void a_product_that_does_not_exist_has_no_ledger() {
    assertThat(
            transactions.<Optional<List<ReadLedger.Line>>>call(
                tx -> readLedger.read(UUID.randomUUID(), null, 10, tx)))
        .isEmpty();
  }

  private List<ReadLedger.Line> ledger(UUID product, ReadLedger.@Nullable Place from, int limit) {
    return transactions.call(tx -> readLedger.read(product, from, limit, tx).orElseThrow());
  }

  @Test
  void stock_of_an_unknown_product_cannot_be_adjusted() {
    UUID unknown = UUID.randomUUID();

    assertThat(
            transactions.<AdjustOutcome>call(tx ->
                adjustStock.receive(
                    new AdjustStock.Receipt(
                        unknown, LocationCode.MAIN, new Quantity(5), null, CAUSE),
                    tx)))
        .isEqualTo(new AdjustOutcome.UnknownProduct(unknown));
  }

  @Test
  void the_sums_cover_the_whole_warehouse() {
    Stocks.Stats before = transactions.snapshot(stocks::stats);
    UUID plenty = create(sku(), "a", "", 10, 2).product().id();
    create(sku(), "b", "", 2, 2);
    create(sku(), "c", "", 0, 0);
    UUID discontinued = create(sku(), "d", "", 0, 0).product().id();
    change(discontinued, discontinue());
    reserve(UUID.randomUUID(), new Line(plenty, 3));

    Stocks.Stats after = transactions.snapshot(stocks::stats);

    assertThat(after.products() - before.products()).isEqualTo(4);
    assertThat(after.stock() - before.stock()).isEqualTo(12);
    assertThat(after.reserved() - before.reserved()).isEqualTo(3);
    assertThat(after.available() - before.available()).isEqualTo(9);
    assertThat(after.lowStock() - before.lowStock()).isEqualTo(2);
    assertThat(after.depleted() - before.depleted()).isEqualTo(1);
    assertThat(after.activeReservations() - before.activeReservations()).isEqualTo(1);
  }

  // ---- orders

  @Test
  void a_submitted_order_is_reserved_and_a_paid_one_confirmed() {
    UUID a = product(5);
    UUID b = product(5);
    UUID order = ids.next();

    follow(submitted(order, new Line(a, 2), new Line(b, 5)));
    var reserved = (StockReserved) transactions.published().getFirst();
    follow(new OrderStep.Paid(order, CAUSE));

    assertThat(reserved.orderId()).isEqualTo(order);
    assertThat(reserved.lines())
        .containsExactly(new InventoryEvent.Line(a, 2, null), new InventoryEvent.Line(b, 5, null));
    assertThat(reserved.expiresAt()).isAfter(Instant.now().plusSeconds(890));
    assertThat(transactions.published())
        .containsExactly(
            new StockConfirmed(order, reserved.reservationId(), reserved.lines(), false));
    assertThat(find(a))
        .extracting(StockedProduct::stock, StockedProduct::reserved)
        .containsExactly(3, 0);
    assertThat(find(b))
        .extracting(StockedProduct::stock, StockedProduct::reserved)
        .containsExactly(0, 0);
    assertThat(only(order).status()).isEqualTo(ReservationStatus.CONFIRMED);
  }

  @Test
  void an_order_that_cannot_be_reserved_whole_gets_its_shortages() {
    UUID a = product(5);
    UUID b = product(1);
    UUID unknown = UUID.randomUUID();
    UUID order = ids.next();

    follow(submitted(order, new Line(a, 2), new Line(b, 5), new Line(unknown, 1)));

    assertThat(transactions.published())
        .containsExactly(
            new StockInsufficient(
                order, List.of(new InventoryEvent.Shortage(b, 5, 1)), List.of(unknown)));
    assertThat(find(a).reserved()).isZero();
  }

  @Test
  void an_order_for_a_discontinued_product_is_short_of_nothing() {
    UUID a = product(5);
    UUID b = product(1);
    change(a, discontinue());
    transactions.published();
    UUID order = ids.next();

    follow(submitted(order, new Line(a, 6), new Line(b, 1)));

    assertThat(transactions.published())
        .containsExactly(new StockInsufficient(order, List.of(), List.of(a)));
    assertThat(find(b).reserved()).isZero();
  }

  @Test
  void repeated_steps_change_and_publish_nothing() {
    UUID a = product(5);
    UUID paid = ids.next();
    UUID cancelled = ids.next();
    UUID returned = ids.next();
    List<OrderStep> steps =
        List.of(
            submitted(paid, new Line(a, 1)),
            new OrderStep.Paid(paid, CAUSE),
            submitted(cancelled, new Line(a, 1)),
            new OrderStep.Cancelled(cancelled, "customer_request", CAUSE),
            submitted(returned, new Line(a, 1)),
            new OrderStep.Paid(returned, CAUSE),
            new OrderStep.Cancelled(returned, "returned", CAUSE));
    steps.forEach(this::follow);
    transactions.published();
    var before = find(a);

    steps.forEach(this::follow);
    follow(steps.toArray(OrderStep[]::new));
    steps.reversed().forEach(this::follow);

    assertThat(transactions.published()).isEmpty();
    assertThat(find(a)).isEqualTo(before);
  }

  @Test
  void a_whole_history_in_one_batch_ends_like_one_by_one() {
    UUID a = product(3);
    UUID first = ids.next();
    UUID second = ids.next();
    UUID third = ids.next();

    follow(
        submitted(first, new Line(a, 2)),
        submitted(second, new Line(a, 2)),
        new OrderStep.Paid(first, CAUSE),
        new OrderStep.Cancelled(second, "out_of_stock", CAUSE),
        submitted(third, new Line(a, 1)),
        new OrderStep.Cancelled(first, "returned", CAUSE));

    assertThat(transactions.published())
        .extracting(it -> it.getClass().getSimpleName())
        .containsExactly(
            "StockReserved",
            "StockInsufficient",
            "StockConfirmed",
            "StockReserved",
            "StockLow",
            "StockDepleted",
            "StockAdjusted");
    assertThat(find(a))
        .extracting(StockedProduct::stock, StockedProduct::reserved)
        .containsExactly(3, 1);
    assertThat(list(second)).isEmpty();
    assertThat(only(first).returnedAt()).isNotNull();
  }

  @Test
  void a_cancellation_that_overtakes_its_creation_keeps_it_from_being_reserved() {
    UUID a = product(5);
    UUID order = ids.next();

    follow(new OrderStep.Cancelled(order, "customer_request", CAUSE));
    follow(submitted(order, new Line(a, 1)));

    assertThat(transactions.published()).isEmpty();
    assertThat(find(a).reserved()).isZero();
    assertThat(list(order)).isEmpty();
    assertThat(reserve(order, new Line(a, 1))).isInstanceOf(ReserveOutcome.AlreadyKnown.class);
  }

  @Test
  void a_cancelled_order_gives_back_what_it_held() {
    UUID a = product(5);
    UUID order = ids.next();
    follow(submitted(order, new Line(a, 2)));
    transactions.published();

    follow(new OrderStep.Cancelled(order, "payment_failed", CAUSE));

    assertThat(transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(
            StockReleased.class,
            it -> {
              assertThat(it.reason()).isEqualTo("cancelled");
              assertThat(it.lines()).containsExactly(new InventoryEvent.Line(a, 2, null));
            });
    assertThat(find(a).available()).isEqualTo(5);
  }

  @Test
  void goods_of_a_paid_order_come_back_into_stock() {
    UUID a = product(5);
    UUID order = ids.next();
    follow(submitted(order, new Line(a, 2)), new OrderStep.Paid(order, CAUSE));
    transactions.published();

    follow(new OrderStep.Cancelled(order, "returned", CAUSE));

    assertThat(transactions.published())
        .containsExactly(new StockAdjusted(a, "RETURNED", 2, 5, "returned", null));
    assertThat(only(order).status()).isEqualTo(ReservationStatus.CONFIRMED);
    assertThat(find(a).stock()).isEqualTo(5);
  }

  @Test
  void a_return_comes_back_into_stock_once() {
    UUID a = product(5);
    UUID b = product(5);
    UUID order = paid(new Line(a, 2), new Line(b, 1));
    OrderStep.Returned back = returned(order, true, new Line(a, 1), new Line(b, 1));

    follow(back);
    assertThat(transactions.published())
        .containsExactly(
            new StockAdjusted(a, "RETURNED", 1, 4, "returned", null),
            new StockAdjusted(b, "RETURNED", 1, 5, "returned", null));
    follow(back, back);

    assertThat(transactions.published()).isEmpty();
    assertThat(find(a).stock()).isEqualTo(4);
    assertThat(ledger(a, null, 1).getFirst().entry().entry().kind()).isEqualTo(LedgerKind.RETURNED);
    assertThat(only(order).returnedAt()).isNull();
    assertThat(
            transactions.<List<Return>>snapshot(
                tx -> backend.returns().ofOrders(List.of(order), tx)))
        .containsExactly(back.goods());
  }

  @Test
  void what_is_written_off_does_not_come_back_into_stock_and_is_gone() {
    UUID a = product(5);
    UUID order = paid(new Line(a, 2));

    follow(returned(order, false, new Line(a, 1)));
    assertThat(transactions.published()).isEmpty();
    assertThat(find(a).stock()).isEqualTo(3);

    OrderStep tooMuch = returned(order, true, new Line(a, 2));
    assertThatThrownBy(() -> follow(tooMuch))
        .isInstanceOf(Unprocessable.class)
        .hasMessageContaining("must have at most 1 units of product " + a);
    follow(returned(order, true, new Line(a, 1)));
    assertThat(find(a).stock()).isEqualTo(4);
  }

  @Test
  void two_returns_in_one_batch_contain_together_no_more_than_the_order() {
    UUID a = product(5);
    UUID order = paid(new Line(a, 2));
    OrderStep first = returned(order, true, new Line(a, 1));
    OrderStep second = returned(order, true, new Line(a, 2));

    assertThatThrownBy(() -> follow(first, second)).isInstanceOf(Unprocessable.class);
    assertThat(find(a).stock()).isEqualTo(3);
  }

  @Test
  void only_goods_that_an_order_got_come_back() {
    UUID a = product(5);
    UUID reserved = ids.next();
    follow(submitted(reserved, new Line(a, 1)));
    UUID cancelled = paid(new Line(a, 1));
    follow(new OrderStep.Cancelled(cancelled, "returned", CAUSE));

    for (UUID order : List.of(reserved, cancelled, ids.next())) {
      OrderStep back = returned(order, true, new Line(a, 1));
      assertThatThrownBy(() -> follow(back))
          .isInstanceOf(Unprocessable.class)
          .hasMessageContaining("has no goods that could come back");
    }
    UUID order = paid(new Line(a, 1));
    OrderStep other = returned(order, true, new Line(product(1), 1));
    assertThatThrownBy(() -> follow(other)).isInstanceOf(Unprocessable.class);
  }

  private UUID paid(Line... lines) {
    UUID order = ids.next();
    follow(submitted(order, lines), new OrderStep.Paid(order, CAUSE));
    transactions.published();
    return order;
  }

  private OrderStep.Returned returned(UUID order, boolean restock, Line... lines) {
    return new OrderStep.Returned(
        new Return(ids.next(), order, List.of(lines), restock, LocationCode.MAIN), CAUSE);
  }

  @Test
  void an_order_that_is_new_in_the_transaction_is_known_when_its_next_step_follows() {
    UUID a = product(5);
    UUID order = ids.next();
    transactions.call(tx -> {
      NewIds.add(order, tx);
      followOrders.follow(List.of(submitted(order, new Line(a, 2))), tx);
      followOrders.follow(List.of(new OrderStep.Cancelled(order, "customer_request", CAUSE)), tx);
      return true;
    });

    assertThat(only(order).status()).isEqualTo(ReservationStatus.RELEASED);
    assertThat(find(a))
        .extracting(StockedProduct::stock, StockedProduct::reserved)
        .containsExactly(5, 0);
  }

  @Test
  void stock_that_a_transaction_has_changed_is_not_read_again_with_another_order() {
    UUID a = product(10);
    UUID earlier = ids.next();
    UUID later = ids.next();
    follow(submitted(earlier, new Line(a, 2)));
    transactions.call(tx -> {
      followOrders.follow(List.of(submitted(later, new Line(a, 3))), tx);
      followOrders.follow(List.of(new OrderStep.Paid(earlier, CAUSE)), tx);
      return true;
    });

    assertThat(find(a))
        .extracting(StockedProduct::stock, StockedProduct::reserved)
        .containsExactly(8, 3);
  }

  @Test
  void an_expired_reservation_is_renewed_by_its_payment_while_there_is_stock() {
    UUID a = product(5);
    UUID order = ids.next();
    follow(submitted(order, new Line(a, 2)));
    expire(order);
    transactions.published();

    follow(new OrderStep.Paid(order, CAUSE));

    assertThat(transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(StockConfirmed.class, it -> assertThat(it.renewed()).isTrue());
    assertThat(only(order).renewals()).isEqualTo(1);
    assertThat(find(a).stock()).isEqualTo(3);
  }

  @Test
  void a_reservation_that_is_overdue_but_not_yet_swept_is_renewed_as_well() {
    UUID a = product(2);
    UUID order = ids.next();
    follow(submitted(order, new Line(a, 2)));
    backend.expireAt(order, Backend.LONG_AGO);
    transactions.published();

    follow(new OrderStep.Paid(order, CAUSE));

    assertThat(transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(StockConfirmed.class, it -> assertThat(it.renewed()).isTrue());
    assertThat(find(a).stock()).isZero();
  }

  @Test
  void a_payment_fails_when_the_stock_has_gone_to_somebody_else() {
    UUID a = product(2);
    UUID order = ids.next();
    follow(submitted(order, new Line(a, 2)));
    expire(order);
    follow(submitted(ids.next(), new Line(a, 1)));
    transactions.published();

    follow(new OrderStep.Paid(order, CAUSE));
    follow(new OrderStep.Paid(order, CAUSE));

    assertThat(transactions.published())
        .containsExactly(
            new StockConfirmationFailed(order, List.of(new InventoryEvent.Shortage(a, 2, 1))));
  }

  // ---- expiry

  @Test
  void an_overdue_reservation_expires_and_is_published() {
    UUID a = product(5);
    UUID late = ids.next();
    UUID inTime = ids.next();
    follow(submitted(late, new Line(a, 2)), submitted(inTime, new Line(a, 2)));
    transactions.published();
    backend.expireAt(late, Backend.LONG_AGO);

    assertThat(transactions.<Boolean>call(expireReservations::expire)).isFalse();
    transactions.call(expireReservations::expire);

    assertThat(transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(
            StockReleased.class,
            it -> {
              assertThat(it.orderId()).isEqualTo(late);
              assertThat(it.reason()).isEqualTo("expired");
            });
    assertThat(only(late).status()).isEqualTo(ReservationStatus.EXPIRED);
    assertThat(only(inTime).status()).isEqualTo(ReservationStatus.RESERVED);
    assertThat(find(a).reserved()).isEqualTo(2);
  }

  @Test
  void expiry_works_in_bounded_pieces() {
    UUID a = product(10);
    for (int i = 0; i < 5; i++) {
      UUID order = ids.next();
      follow(submitted(order, new Line(a, 1)));
      backend.expireAt(order, Backend.LONG_AGO);
    }
    var inTwos = new ExpireReservations(reservations, stocks, ids, 2);

    assertThat(transactions.<Boolean>call(inTwos::expire)).isTrue();
    assertThat(find(a).reserved()).isEqualTo(3);
    assertThat(transactions.<Boolean>call(inTwos::expire)).isTrue();
    assertThat(transactions.<Boolean>call(inTwos::expire)).isFalse();
    assertThat(find(a).reserved()).isZero();
  }

  // ---- by hand

  @Test
  void reservations_by_hand_are_answered_in_order() {
    UUID a = product(3);
    UUID order = ids.next();
    var commands =
        List.of(
            command(order, new Line(a, 2)),
            command(ids.next(), new Line(a, 2)),
            command(order, new Line(a, 1)),
            command(ids.next(), new Line(a, 1)));

    var outcomes =
        transactions.<List<ReserveOutcome>>call(tx -> reserveStock.reserve(commands, tx));

    assertThat(outcomes)
        .hasExactlyElementsOfTypes(
            ReserveOutcome.Reserved.class,
            ReserveOutcome.FellShort.class,
            ReserveOutcome.AlreadyKnown.class,
            ReserveOutcome.Reserved.class);
    assertThat(transactions.published())
        .extracting(it -> it.getClass().getSimpleName())
        .containsExactly("StockReserved", "StockReserved", "StockLow", "StockDepleted");
  }

  @Test
  void a_reservation_is_confirmed_or_released_by_hand_once() {
    UUID a = product(5);
    UUID confirmed = reserved(a, 2);
    UUID released = reserved(a, 1);
    transactions.published();

    assertThat(confirm(confirmed)).get().isInstanceOf(ResolveOutcome.Ended.class);
    assertThat(confirm(confirmed)).get().isInstanceOf(ResolveOutcome.EndedBefore.class);
    assertThat(release(confirmed)).get().isInstanceOf(ResolveOutcome.EndedOtherwise.class);
    assertThat(release(released)).get().isInstanceOf(ResolveOutcome.Ended.class);
    assertThat(release(released)).get().isInstanceOf(ResolveOutcome.EndedBefore.class);
    assertThat(confirm(released)).get().isInstanceOf(ResolveOutcome.EndedOtherwise.class);
    assertThat(confirm(UUID.randomUUID())).isEmpty();

    assertThat(transactions.published()).hasSize(2);
    assertThat(find(a))
        .extracting(StockedProduct::stock, StockedProduct::reserved)
        .containsExactly(3, 0);
  }

  @Test
  void a_payment_is_answered_although_the_reservation_was_confirmed_by_hand_before() {
    UUID a = product(5);
    UUID order = ids.next();
    follow(submitted(order, new Line(a, 2)));
    confirm(only(order).id());
    transactions.published();

    follow(new OrderStep.Paid(order, CAUSE));
    follow(new OrderStep.Paid(order, CAUSE));

    assertThat(transactions.published()).singleElement().isInstanceOf(StockConfirmed.class);
    assertThat(find(a).stock()).isEqualTo(3);
  }

  @Test
  void reservations_are_listed_newest_first_by_status_and_order() {
    UUID a = product(9);
    UUID first = ids.next();
    UUID second = ids.next();
    follow(submitted(first, new Line(a, 1)));
    follow(submitted(second, new Line(a, 2)));
    follow(new OrderStep.Paid(second, CAUSE));

    List<Reservation> all = reservations(null, null, null, 2);
    assertThat(all)
        .extracting(Reservation::orderId, Reservation::status)
        .containsExactly(
            tuple(second, ReservationStatus.CONFIRMED), tuple(first, ReservationStatus.RESERVED));
    assertThat(reservations(null, null, all.getFirst().id(), 1)).containsExactly(all.get(1));
    assertThat(reservations(ReservationStatus.CONFIRMED, null, null, 1))
        .containsExactly(all.getFirst());
    assertThat(reservations(ReservationStatus.CONFIRMED, first, null, 1)).isEmpty();
    Optional<Reservation> found =
        transactions.snapshot(tx -> reservations.find(all.getFirst().id(), tx));
    assertThat(found).contains(all.getFirst());
  }

  @Test
  void rows_create_and_update_products_and_change_nothing_the_second_time() {
    Sku known = sku();
    UUID id = create(known, "Mug", "kitchen", 5, 0).product().id();
    Sku fresh = sku();
    List<Row> rows =
        List.of(
            row(known, "Large mug", null, null, false),
            row(fresh, "Mat", "3.00", 7, null),
            row(sku(), null, "3.00", 7, null),
            row(sku(), "Mat", null, 7, null),
            row(sku(), "Mat", "3.00", null, null),
            row(sku(), "Mat", "3.00", 7, false));
    List<Fate> expected =
        List.of(
            new Fate.Updated(),
            new Fate.Created(),
            new Fate.Refused("name", "is required for a new product"),
            new Fate.Refused("price", "is required for a new product"),
            new Fate.Refused("stock", "is required for a new product"),
            new Fate.Refused("active", "must be true for a new product, was false"));
    transactions.published();

    assertThat(transactions.<List<Fate>>snapshot(tx -> importProducts.tryOut(rows, tx)))
        .isEqualTo(expected);
    assertThat(transactions.published()).isEmpty();
    assertThat(imported(rows)).isEqualTo(expected);

    Product now = find(id).product();
    assertThat(now.name().value()).isEqualTo("Large mug");
    assertThat(now.category().value()).isEqualTo("kitchen");
    assertThat(now.active()).isFalse();
    assertThat(now.version()).isEqualTo(2);
    assertThat(find(id).stock()).isEqualTo(5);
    assertThat(transactions.published())
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly(
            "ProductUpdated", "ProductDiscontinued", "ProductCreated", "StockAdjusted");
    UUID made = ids(new Filter(null, null, fresh, null, false), null, 2).getFirst();
    assertThat(find(made).stock()).isEqualTo(7);
    assertThat(imported(rows.subList(0, 2)))
        .containsExactly(new Fate.Unchanged(), new Fate.Unchanged());
    assertThat(transactions.published()).isEmpty();
  }

  private List<Fate> imported(List<Row> rows) {
    return transactions.call(tx -> importProducts.apply(rows, "ana", CAUSE, tx));
  }

  private static Row row(
      Sku sku,
      @Nullable String name,
      @Nullable String amount,
      @Nullable Integer stock,
      @Nullable Boolean active) {
    return new Row(
        sku,
        name == null ? null : new ProductName(name),
        null,
        null,
        amount == null ? null : price(amount),
        null,
        null,
        stock == null ? null : new PhysicalStock(stock),
        null,
        active);
  }

  // ---- fixtures

  private void follow(OrderStep... steps) {
    transactions.run(tx -> followOrders.follow(List.of(steps), tx));
  }

  private static OrderStep submitted(UUID order, Line... lines) {
    return new OrderStep.Submitted(order, new Basket(List.of(lines)), CAUSE);
  }

  private void expire(UUID order) {
    backend.expireAt(order, Backend.LONG_AGO);
    transactions.call(expireReservations::expire);
  }

  private static ReserveStock.Command command(UUID order, Line... lines) {
    return new ReserveStock.Command(order, new Basket(List.of(lines)), TTL, CAUSE);
  }

  private ReserveOutcome reserve(UUID order, Line line) {
    return transactions
        .<List<ReserveOutcome>>call(tx -> reserveStock.reserve(List.of(command(order, line)), tx))
        .getFirst();
  }

  /** The id of a new reservation. */
  private UUID reserved(UUID product, int quantity) {
    return ((ReserveOutcome.Reserved) reserve(ids.next(), new Line(product, quantity)))
        .reservation()
        .id();
  }

  @Test
  void a_reservation_is_extended_once_and_holds_its_stock_until_then() {
    UUID product = product(5);
    UUID id = reserved(product, 2);
    Reservation open = transactions.call(tx -> reservations.find(id, tx)).orElseThrow();
    backend.expireAt(open.orderId(), transactions.call(UnitOfWork::now).plusSeconds(60));
    transactions.published();

    assertThat(extend(id, 30)).isInstanceOf(ExtendOutcome.NotLonger.class);
    assertThat(transactions.published()).isEmpty();
    var extended = (ExtendOutcome.Extended) extend(id, 900);
    Instant until = extended.reservation().expiresAt();
    assertThat(transactions.published())
        .containsExactly(new StockExtended(open.orderId(), id, until));
    assertThat(only(open.orderId())).isEqualTo(extended.reservation());
    assertThat(extend(id, 900)).isEqualTo(new ExtendOutcome.ExtendedBefore(extended.reservation()));

    transactions.call(expireReservations::expire);
    assertThat(find(product).reserved()).isEqualTo(2);
    expire(open.orderId());
    assertThat(extend(id, 900))
        .isInstanceOfSatisfying(
            ExtendOutcome.HasEnded.class,
            ended -> assertThat(ended.how()).isEqualTo(ReservationStatus.EXPIRED));
    release(reserved(product, 1));
    assertThat(
            transactions.<Optional<ExtendOutcome>>call(tx ->
                new ExtendReservation(reservations).extend(UUID.randomUUID(), TTL, CAUSE, tx)))
        .isEmpty();
  }

  private ExtendOutcome extend(UUID id, int seconds) {
    return transactions.call(tx ->
        new ExtendReservation(reservations)
            .extend(id, new TimeToLive(seconds), CAUSE, tx)
            .orElseThrow());
  }

  private Optional<ResolveOutcome> confirm(UUID id) {
    return transactions.call(tx -> resolveReservation.confirm(id, CAUSE, tx));
  }

  private Optional<ResolveOutcome> release(UUID id) {
    return transactions.call(tx -> resolveReservation.release(id, CAUSE, tx));
  }

  private UUID product(int stock) {
    UUID id = create(sku(), "Thing", "", stock, 0).product().id();
    transactions.published();
    return id;
  }

  private StockedProduct create(Sku sku, String name, String category, int stock, int minStock) {
    var outcome =
        transactions.<CreateProduct.Outcome>call(
            tx -> creating(sku, name, category, stock, minStock).apply(tx));
    return ((CreateProduct.Created) outcome).product();
  }

  private Function<UnitOfWork, CreateProduct.Outcome> creating(
      Sku sku, String name, String category, int stock, int minStock) {
    var draft = draft(sku, name, category, stock, minStock);
    return tx ->
        new CreateProduct(products, backend.locations(), backend.bundles(), adjustStock, ids)
            .create(List.of(new CreateProduct.Command(draft, "ana", CAUSE)), tx)
            .getFirst();
  }

  private static CreateProduct.Draft draft(
      Sku sku, String name, String category, int stock, int minStock) {
    return new CreateProduct.Draft(
        sku,
        new ProductName(name),
        Description.NONE,
        new Category(category),
        price("10.00"),
        new PhysicalStock(stock),
        LocationCode.MAIN,
        new MinStock(minStock));
  }

  private ChangeProduct.Outcome change(UUID id, Product.Change change) {
    try {
      return transactions.call(tx -> {
        var outcome = new ChangeProduct(products, backend.bundles()).change(id, change, CAUSE, tx);
        if (outcome instanceof ChangeProduct.SkuTaken taken) {
          throw new Refused(taken); // as a controller does, so that it is rolled back
        }
        return outcome;
      });
    } catch (Refused refused) {
      return refused.taken;
    }
  }

  private static final class Refused extends RuntimeException {
    private final transient ChangeProduct.SkuTaken taken;

    Refused(ChangeProduct.SkuTaken taken) {
      this.taken = taken;
    }
  }

  private static Product.Change discontinue() {
    return new Product.Change(null, null, null, null, null, null, false);
  }

  private StockedProduct find(UUID id) {
    return transactions.snapshot(tx -> products.find(id, tx)).orElseThrow();
  }

  private List<UUID> list(Filter filter) {
    return ids(filter, null, 100);
  }

  private List<UUID> ids(Filter filter, @Nullable UUID before, int limit) {
    return new ArrayList<>(
        transactions.snapshot(tx -> products.list(filter, before, limit, tx)).stream()
            .map(it -> it.product().id())
            .toList());
  }

  private List<Reservation> list(UUID order) {
    return reservations(null, order, null, 10);
  }

  private List<Reservation> reservations(
      @Nullable ReservationStatus status, @Nullable UUID order, @Nullable UUID before, int limit) {
    return transactions.snapshot(tx -> reservations.list(status, order, before, limit, tx));
  }

  private Reservation only(UUID order) {
    return list(order).getFirst();
  }

  private static Sku sku() {
    return new Sku("SKU-" + UUID.randomUUID());
  }

  private static Money price(String amount) {
    return Money.of(amount, "BRL");
  }
}
