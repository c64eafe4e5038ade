package dev.reserva.sales.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.TestTransactions;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent.OrderCreated;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.sales.adapters.memory.MemoryCustomers;
import dev.reserva.sales.adapters.memory.MemoryOrderNumbers;
import dev.reserva.sales.adapters.memory.MemoryOrders;
import dev.reserva.sales.adapters.memory.MemoryProducts;
import dev.reserva.sales.adapters.memory.MemoryReturns;
import dev.reserva.sales.application.ReviseDraft.Revision;
import dev.reserva.sales.domain.Basket;
import dev.reserva.sales.domain.Deadlines;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.PaymentChoice;
import dev.reserva.sales.domain.PaymentMethod;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import dev.reserva.sales.domain.Quantity;
import dev.reserva.sales.domain.SampleOrders;
import dev.reserva.sales.domain.TaxMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be done with a draft, in memory. */
class DraftsTest {

  private static final UUID ANNA = new UUID(0x7000, 1);
  private static final Product MOUSE =
      new Product(new UUID(1, 1), "MOUSE", "Mouse", Money.of("10.00", "BRL"), true);
  private static final Product MAT =
      new Product(new UUID(1, 2), "MAT", "Mat", Money.of("5.00", "BRL"), true);
  private static final Cause CAUSE = Cause.of("request");

  private final TestTransactions transactions = new TestTransactions(SampleOrders.LATER);
  private final Orders orders = new MemoryOrders();
  private final Products products = new MemoryProducts();
  private final Customers customers = new MemoryCustomers();
  private final OrderNumbers numbers = new MemoryOrderNumbers();
  private final LimitHolds limitHolds =
      new LimitHolds(
          orders, customers, new LimitHolds.Limits(SampleOrders.AMPLE, SampleOrders.AMPLE));
  private final SubmitDraft submitDraft =
      new SubmitDraft(orders, products, customers, limitHolds, TaxMode.INCLUDED);
  private final ReviseDraft reviseDraft =
      new ReviseDraft(orders, products, customers, TaxMode.INCLUDED);
  private final MoveOrder moveOrder = new MoveOrder(orders, new MemoryReturns(), new AwaitOrder(1));

  @BeforeEach
  void open_the_shop() {
    offer(MOUSE, MAT);
    transactions.run(tx -> customers.add(List.of(ANNA), tx));
  }

  @Test
  void a_draft_is_not_published_until_it_is_submitted() {
    UUID id = draft("MOUSE", 3);
    assertThat(transactions.published()).isEmpty();
    assertThat(submit(id, null))
        .isInstanceOfSatisfying(
            MoveOutcome.Done.class, done -> assertThat(done.previousTotal()).isNull());
    assertThat(transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(
            OrderCreated.class, created -> assertThat(created.from()).isEqualTo("DRAFT"));
    assertThat(submit(id, null)).isEqualTo(wrongState(id, OrderStatus.PENDING));
  }

  @Test
  void a_draft_is_submitted_at_the_prices_of_that_moment() {
    UUID id = draft("MOUSE", 3);
    offer(new Product(MOUSE.id(), "MOUSE-2", "Better mouse", usd("12.00"), true));
    assertThat(submit(id, null))
        .isInstanceOfSatisfying(
            MoveOutcome.Done.class,
            done -> {
              assertThat(done.previousTotal()).isEqualTo(Money.of("30.00", "BRL"));
              assertThat(done.order().state().total()).isEqualTo(usd("36.00"));
              assertThat(done.order().state().version()).isEqualTo(2);
            });
    OrderLine line = new OrderLine(MOUSE.id(), "MOUSE-2", "Better mouse", three(), usd("12.00"));
    assertThat(lines(id)).containsExactly(line);
    assertThat(transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(
            OrderCreated.class,
            created -> {
              assertThat(created.total()).isEqualTo(usd("36.00"));
              assertThat(created.items().getFirst().unitPrice()).isEqualTo(usd("12.00"));
            });
  }

  @Test
  void a_buyer_who_expects_another_total_keeps_the_draft_as_it_was() {
    UUID id = draft("MOUSE", 3);
    PlacedOrder before = found(id);
    Money drafted = Money.of("30.00", "BRL");
    offer(new Product(MOUSE.id(), "MOUSE", "Mouse", usd("10.00"), true));
    assertThat(submit(id, drafted))
        .isEqualTo(new MoveOutcome.Refused(new Refusal.PriceChanged(id, drafted, usd("30.00"))));
    assertThat(found(id)).isEqualTo(before);
    assertThat(transactions.published()).isEmpty();
    assertThat(submit(id, usd("30"))).isInstanceOf(MoveOutcome.Done.class);
  }

  @Test
  void a_draft_whose_product_or_buyer_is_inactive_stays_a_draft() {
    UUID id = draft("MOUSE", 3);
    transactions.run(tx -> products.discontinue(List.of(MOUSE.id()), tx));
    assertThat(submit(id, null))
        .isEqualTo(
            new MoveOutcome.Refused(
                new Refusal.InactiveProducts(List.of(new ProductRef.ById(MOUSE.id())))));
    transactions.run(tx -> customers.deactivate(List.of(ANNA), tx));
    var inactive = new MoveOutcome.Refused(new Refusal.InactiveCustomer(ANNA));
    assertThat(submit(id, null)).isEqualTo(inactive);
    assertThat(revise(id, revision("MAT", 1))).isEqualTo(inactive);
    assertThat(state(id)).isEqualTo(OrderStatus.DRAFT);
    assertThat(transactions.published()).isEmpty();
  }

  @Test
  void a_draft_gets_other_products_payment_and_address_priced_at_once() {
    UUID id = draft("MOUSE", 3);
    transactions.setNow(SampleOrders.LATER.plusSeconds(1));
    var payment = new PaymentChoice(PaymentMethod.PIX, null);
    assertThat(revise(id, new Revision(basket("MAT", 2), payment, "Rua 2")))
        .isInstanceOfSatisfying(
            MoveOutcome.Done.class,
            done -> {
              assertThat(done.order()).isEqualTo(found(id));
              assertThat(done.order().state().total()).isEqualTo(Money.of("10.00", "BRL"));
              assertThat(done.order().state().paymentChoice()).isEqualTo(payment);
              assertThat(done.order().state().shippingAddress()).isEqualTo("Rua 2");
              assertThat(done.order().state().version()).isEqualTo(2);
              assertThat(done.order().state().updatedAt()).isEqualTo(transactions.now());
              assertThat(done.order().lines())
                  .extracting(OrderLine::productId)
                  .containsExactly(MAT.id());
            });
    assertThat(transactions.published()).isEmpty();
    assertThat(revise(id, revision("NONE", 1)))
        .isEqualTo(
            new MoveOutcome.Refused(
                new Refusal.UnknownProducts(List.of(new ProductRef.BySku("NONE")))));
    submit(id, null);
    assertThat(revise(id, revision("MAT", 1))).isEqualTo(wrongState(id, OrderStatus.PENDING));
  }

  @Test
  void a_cancelled_draft_is_deleted_and_cannot_be_moved_to_cancelled() {
    UUID id = draft("MOUSE", 3);
    OrderCommand command = OrderCommand.any(id, Scope.of(ANNA), CAUSE);
    assertThat(move(command, new StatusChange.Cancelled(Cancellation.UNEXPLAINED)))
        .isEqualTo(wrongState(id, OrderStatus.DRAFT));
    assertThat(cancel(command)).isEqualTo(new MoveOutcome.Deleted(id));
    assertThat(find(id)).isEmpty();
    assertThat(lines(id)).isEmpty();
    assertThat(transactions.published()).isEmpty();
  }

  @Test
  void a_draft_that_nobody_changes_for_too_long_is_deleted() {
    UUID old = draft("MOUSE", 1);
    UUID changed = draft("MOUSE", 2);
    UUID submitted = draft("MOUSE", 3);
    submit(submitted, null);
    transactions.setNow(SampleOrders.LATER.plus(Duration.ofDays(7)).minusSeconds(1));
    revise(changed, revision("MAT", 1));
    var expireDrafts = new ExpireDrafts(transactions, orders, Deadlines.of(Duration.ofDays(7)));
    assertThat(expireDrafts.run()).isFalse();
    assertThat(state(old)).isEqualTo(OrderStatus.DRAFT);
    transactions.setNow(SampleOrders.LATER.plus(Duration.ofDays(7)));
    assertThat(expireDrafts.run()).isFalse();
    assertThat(find(old)).isEmpty();
    assertThat(state(changed)).isEqualTo(OrderStatus.DRAFT);
    assertThat(state(submitted)).isEqualTo(OrderStatus.PENDING);
  }

  private void offer(Product... offered) {
    transactions.run(tx -> products.save(List.of(offered), tx));
  }

  private UUID draft(String sku, int quantity) {
    var request =
        new OrderRequest(ANNA, basket(sku, quantity), null, null, true, null, false, CAUSE);
    var placeOrders =
        new PlaceOrders(
            orders, products, customers, numbers, limitHolds, Ids.timeOrdered(), TaxMode.INCLUDED);
    PlaceOrders.Outcome outcome =
        transactions.call(tx -> placeOrders.place(List.of(request), tx).getFirst());
    return ((PlaceOrders.Outcome.Placed) outcome).order().state().id();
  }

  private MoveOutcome submit(UUID id, @Nullable Money expectedTotal) {
    return transactions.call(
        tx -> submitDraft.submit(OrderCommand.any(id, Scope.of(ANNA), CAUSE), expectedTotal, tx));
  }

  private MoveOutcome revise(UUID id, Revision revision) {
    return transactions.call(
        tx -> reviseDraft.revise(OrderCommand.any(id, Scope.of(ANNA), CAUSE), revision, tx));
  }

  private MoveOutcome move(OrderCommand command, StatusChange change) {
    return transactions.call(tx -> moveOrder.move(command, change, tx));
  }

  private MoveOutcome cancel(OrderCommand command) {
    return transactions.call(tx -> moveOrder.cancel(command, Cancellation.UNEXPLAINED, tx));
  }

  private Optional<OrderState> find(UUID id) {
    return transactions.snapshot(tx -> orders.find(id, Scope.EVERYBODY, tx));
  }

  private PlacedOrder found(UUID id) {
    return transactions
        .snapshot(tx -> new FindOrders(orders).one(id, Scope.EVERYBODY, tx))
        .orElseThrow();
  }

  private OrderStatus state(UUID id) {
    return found(id).state().status();
  }

  private List<OrderLine> lines(UUID id) {
    return transactions
        .snapshot(tx -> orders.lines(List.of(id), tx).get())
        .getOrDefault(id, List.of());
  }

  private static MoveOutcome wrongState(UUID id, OrderStatus status) {
    return new MoveOutcome.Refused(new Refusal.WrongState(id, status));
  }

  private static Revision revision(String sku, int quantity) {
    return new Revision(basket(sku, quantity), null, null);
  }

  private static Basket basket(String sku, int quantity) {
    return new Basket(List.of(new Basket.Item(new ProductRef.BySku(sku), new Quantity(quantity))));
  }

  private static Quantity three() {
    return new Quantity(3);
  }

  private static Money usd(String amount) {
    return Money.of(amount, "USD");
  }
}
