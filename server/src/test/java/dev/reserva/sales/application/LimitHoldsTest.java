package dev.reserva.sales.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.TestTransactions;
import dev.reserva.contracts.Money;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.sales.adapters.memory.MemoryCustomers;
import dev.reserva.sales.adapters.memory.MemoryOrderNumbers;
import dev.reserva.sales.adapters.memory.MemoryOrders;
import dev.reserva.sales.adapters.memory.MemoryProducts;
import dev.reserva.sales.adapters.memory.MemoryReturns;
import dev.reserva.sales.application.FollowOrders.OrderFact;
import dev.reserva.sales.application.LimitHolds.Limits;
import dev.reserva.sales.application.PlaceOrders.Outcome;
import dev.reserva.sales.domain.Basket;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.Fact;
import dev.reserva.sales.domain.HoldLimits;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import dev.reserva.sales.domain.Quantity;
import dev.reserva.sales.domain.SampleOrders;
import dev.reserva.sales.domain.TaxMode;
import dev.reserva.sales.domain.UnpaidHolds;
import dev.reserva.sales.domain.UnpaidHolds.Excess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What customers' own logins may hold, in memory. */
class LimitHoldsTest {

  private static final UUID ANNA = new UUID(0x7000, 1);
  private static final UUID BERT = new UUID(0x7000, 2);
  private static final Product MOUSE =
      new Product(new UUID(1, 1), "MOUSE", "Mouse", Money.of("10.00", "BRL"), true);
  private static final Cause CAUSE = Cause.of("request");

  private final TestTransactions transactions = new TestTransactions(SampleOrders.LATER);
  private final Orders orders = new MemoryOrders();
  private final Products products = new MemoryProducts();
  private final Customers customers = new MemoryCustomers();
  private final LimitHolds limitHolds =
      new LimitHolds(
          orders, customers, new Limits(new HoldLimits(3, 100, 4), new HoldLimits(2, 10, 2)));
  private final PlaceOrders placeOrders =
      new PlaceOrders(
          orders,
          products,
          customers,
          new MemoryOrderNumbers(),
          limitHolds,
          Ids.timeOrdered(),
          TaxMode.INCLUDED);
  private final SubmitDraft submitDraft =
      new SubmitDraft(orders, products, customers, limitHolds, TaxMode.INCLUDED);
  private final MoveOrder moveOrder = new MoveOrder(orders, new MemoryReturns(), new AwaitOrder(1));
  private final FollowOrders followOrders = new FollowOrders(orders, new AwaitOrder(1));

  @BeforeEach
  void open_the_shop() {
    transactions.run(tx -> {
      products.save(List.of(MOUSE), tx);
      customers.add(List.of(ANNA, BERT), tx);
    });
  }

  @Test
  void half_a_million_units_are_not_held_by_a_customer_without_payment() {
    assertThat(excess(place(request(ANNA, 500_000))))
        .isInstanceOfSatisfying(
            UnpaidHolds.TooManyUnits.class,
            units -> {
              assertThat(units.held()).isZero();
              assertThat(units.limit()).isEqualTo(10);
            });
    assertThat(transactions.published()).isEmpty();
  }

  @Test
  void the_orders_of_one_group_count_together() {
    List<Outcome> outcomes =
        place(request(ANNA, 4), request(ANNA, 7), request(ANNA, 6), request(ANNA, 1));
    assertThat(outcomes.get(0)).isInstanceOf(Outcome.Placed.class);
    assertThat(excess(outcomes.get(1))).isInstanceOf(UnpaidHolds.TooManyUnits.class);
    assertThat(outcomes.get(2)).isInstanceOf(Outcome.Placed.class);
    assertThat(excess(outcomes.get(3))).isEqualTo(new UnpaidHolds.TooManyOrders(2, 2));
    assertThat(place(request(BERT, 10))).hasOnlyElementsOfType(Outcome.Placed.class);
  }

  @Test
  void staff_orders_without_limit_and_its_orders_do_not_count() {
    for (int i = 0; i < 5; i++) {
      assertThat(place(byStaff(ANNA, 1_000))).hasOnlyElementsOfType(Outcome.Placed.class);
    }
    assertThat(place(request(ANNA, 10))).hasOnlyElementsOfType(Outcome.Placed.class);
  }

  @Test
  void a_verified_customer_may_hold_more() {
    place(request(ANNA, 5), request(ANNA, 5));
    assertThat(refusal(place(request(ANNA, 1))).verified()).isFalse();
    transactions.run(tx -> customers.verify(List.of(ANNA), tx));
    assertThat(place(request(ANNA, 80))).hasOnlyElementsOfType(Outcome.Placed.class);
    assertThat(refusal(place(request(ANNA, 1))))
        .isEqualTo(new Refusal.HoldsTooMuch(ANNA, new UnpaidHolds.TooManyOrders(3, 3), true));
  }

  @Test
  void what_is_paid_makes_room() {
    UUID first = placed(request(ANNA, 5));
    place(request(ANNA, 5));
    assertThat(excess(place(request(ANNA, 1)))).isInstanceOf(UnpaidHolds.TooManyOrders.class);
    apply(first, new Fact.StockReserved(SampleOrders.RESERVATION, SampleOrders.EXPIRY, List.of()));
    apply(first, new Fact.PaymentApproved(SampleOrders.PAYMENT, Money.of("50.00", "BRL")));
    assertThat(place(request(ANNA, 5))).hasOnlyElementsOfType(Outcome.Placed.class);
  }

  @Test
  void holds_are_not_renewed_for_ever_by_ordering_again() {
    for (int i = 0; i < 2; i++) {
      UUID order = placed(request(ANNA, 10));
      apply(
          order, new Fact.StockReserved(SampleOrders.RESERVATION, SampleOrders.EXPIRY, List.of()));
      pass(Duration.ofMinutes(15));
      apply(order, new Fact.StockReleased(SampleOrders.RESERVATION, Fact.Release.EXPIRED));
    }
    assertThat(excess(place(request(ANNA, 1))))
        .isEqualTo(new UnpaidHolds.TooManyGivenUp(2, Duration.ofMinutes(30)));
    pass(Duration.ofMinutes(29));
    assertThat(excess(place(request(ANNA, 1))))
        .isEqualTo(new UnpaidHolds.TooManyGivenUp(2, Duration.ofMinutes(1)));
    pass(Duration.ofMinutes(1));
    assertThat(place(request(ANNA, 10))).hasOnlyElementsOfType(Outcome.Placed.class);
  }

  @Test
  void cancelling_and_ordering_again_renews_a_hold_too() {
    for (int i = 0; i < 2; i++) {
      UUID order = placed(request(ANNA, 1));
      transactions.run(tx ->
          moveOrder.cancel(
              OrderCommand.any(order, Scope.of(ANNA), CAUSE),
              new Cancellation(CancellationReason.CUSTOMER_REQUEST, null),
              tx));
    }
    assertThat(excess(place(request(ANNA, 1)))).isInstanceOf(UnpaidHolds.TooManyGivenUp.class);
    assertThat(place(byStaff(ANNA, 1))).hasOnlyElementsOfType(Outcome.Placed.class);
  }

  @Test
  void a_draft_is_limited_when_its_customer_submits_it_and_not_when_staff_does() {
    UUID large = placed(draft(ANNA, 11));
    UUID small = placed(draft(ANNA, 6));
    UUID another = placed(draft(ANNA, 6));
    assertThat(submit(large, Scope.of(ANNA))).isInstanceOf(MoveOutcome.Refused.class);
    assertThat(submit(small, Scope.of(ANNA))).isInstanceOf(MoveOutcome.Done.class);
    assertThat(submit(another, Scope.of(ANNA)))
        .isInstanceOfSatisfying(
            MoveOutcome.Refused.class,
            refused ->
                assertThat(refused.refusal())
                    .isInstanceOfSatisfying(
                        Refusal.HoldsTooMuch.class,
                        holds ->
                            assertThat(holds.excess())
                                .isInstanceOfSatisfying(
                                    UnpaidHolds.TooManyUnits.class,
                                    units -> assertThat(units.held()).isEqualTo(6))));
    assertThat(submit(large, Scope.EVERYBODY)).isInstanceOf(MoveOutcome.Done.class);
  }

  private MoveOutcome submit(UUID order, Scope scope) {
    return transactions.call(
        tx -> submitDraft.submit(OrderCommand.any(order, scope, CAUSE), null, tx));
  }

  private List<Outcome> place(OrderRequest... requests) {
    return transactions.call(tx -> placeOrders.place(List.of(requests), tx));
  }

  private UUID placed(OrderRequest request) {
    return ((Outcome.Placed) place(request).getFirst()).order().state().id();
  }

  private void apply(UUID order, Fact fact) {
    transactions.run(
        tx -> followOrders.follow(new ArrayList<>(List.of(new OrderFact(order, fact, CAUSE))), tx));
  }

  private void pass(Duration time) {
    transactions.setNow(transactions.now().plus(time));
  }

  private static Excess excess(List<Outcome> outcomes) {
    return refusal(outcomes).excess();
  }

  private static Excess excess(Outcome outcome) {
    return refusal(List.of(outcome)).excess();
  }

  private static Refusal.HoldsTooMuch refusal(List<Outcome> outcomes) {
    assertThat(outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.HoldsTooMuch.class));
    return (Refusal.HoldsTooMuch) ((Outcome.Refused) outcomes.getFirst()).refusal();
  }

  private static OrderRequest request(UUID customer, int quantity) {
    return request(customer, quantity, false, true);
  }

  private static OrderRequest draft(UUID customer, int quantity) {
    return request(customer, quantity, true, true);
  }

  private static OrderRequest byStaff(UUID customer, int quantity) {
    return request(customer, quantity, false, false);
  }

  private static OrderRequest request(
      UUID customer, int quantity, boolean draft, boolean byCustomer) {
    return new OrderRequest(
        customer,
        new Basket(List.of(new Basket.Item(new ProductRef.BySku("MOUSE"), new Quantity(quantity)))),
        null,
        null,
        draft,
        null,
        byCustomer,
        CAUSE);
  }
}
