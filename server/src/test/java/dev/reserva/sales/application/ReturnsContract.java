package dev.reserva.sales.application;

import static dev.reserva.sales.domain.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reserva.RecordingTransactions;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.contracts.SalesEvent.ReturnApproved;
import dev.reserva.contracts.SalesEvent.ReturnReceived;
import dev.reserva.contracts.SalesEvent.ReturnRejected;
import dev.reserva.contracts.SalesEvent.ReturnRequested;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.sales.application.Returns.Filter;
import dev.reserva.sales.domain.Delivery;
import dev.reserva.sales.domain.Destination;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderNumber;
import dev.reserva.sales.domain.OrderReturns.Answer;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.Quantity;
import dev.reserva.sales.domain.Receipt;
import dev.reserva.sales.domain.Return;
import dev.reserva.sales.domain.ReturnAnswer;
import dev.reserva.sales.domain.ReturnStatus;
import dev.reserva.sales.domain.ReturnedUnits;
import dev.reserva.sales.domain.SampleOrders;
import dev.reserva.sales.domain.TaxMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The use cases of returns and what their port keeps, whatever keeps it. */
public abstract class ReturnsContract {

  private static final Cause CAUSE = Cause.of("test");
  private static final UUID MOUSE = SampleOrders.lines().getFirst().productId();
  private static final UUID MAT = SampleOrders.lines().getLast().productId();

  /** No two orders have the same. */
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final Ids ids = Ids.timeOrdered();
  private final RecordingTransactions transactions;
  private final Orders orders;
  private final Returns returns;
  private final RequestReturn requestReturn;
  private final MoveReturn moveReturn;
  private final FollowReturns followReturns;

  protected ReturnsContract(
      Transactions transactions, Orders orders, Returns returns, Locations locations) {
    this.transactions = new RecordingTransactions(transactions);
    this.orders = orders;
    this.returns = returns;
    this.requestReturn = new RequestReturn(orders, returns, locations, ids);
    this.moveReturn = new MoveReturn(returns, locations);
    this.followReturns = new FollowReturns(returns);
  }

  @Test
  void units_of_a_delivered_order_come_back_and_are_refunded() {
    UUID order = order(OrderStatus.COMPLETED);

    Return goods = requested(order, units(MOUSE, 1));
    assertThat(goods.refund()).isEqualTo(brl("10.00"));
    assertThat(goods.status()).isEqualTo(ReturnStatus.REQUESTED);
    assertThat(transactions.published())
        .containsExactly(
            new ReturnRequested(
                goods.id(),
                order,
                CUSTOMER,
                List.of(new SalesEvent.ReturnItem(MOUSE, 1)),
                brl("10.00")));
    assertThat(stored(goods.id())).isEqualTo(goods);

    Return approved = done(approve(goods.id()));
    assertThat(transactions.published())
        .containsExactly(new ReturnApproved(goods.id(), order, CUSTOMER));
    assertThat(stored(goods.id())).isEqualTo(approved);

    Return received = done(receive(goods.id(), Receipt.AS_REQUESTED));
    assertThat(transactions.published())
        .containsExactly(
            new ReturnReceived(
                goods.id(),
                order,
                CUSTOMER,
                List.of(new SalesEvent.ReturnItem(MOUSE, 1)),
                true,
                "MAIN",
                brl("10.00")));
    assertThat(stored(goods.id())).isEqualTo(received);

    refunded(goods.id(), "10.00");
    refunded(goods.id(), "7.00");
    assertThat(stored(goods.id()).status()).isEqualTo(ReturnStatus.REFUNDED);
    assertThat(stored(goods.id()).refunded()).isEqualTo(brl("10.00"));
    assertThat(stored(goods.id()).version()).isEqualTo(4);
    assertThat(transactions.published()).isEmpty();
  }

  @Test
  void the_warehouse_may_write_goods_off_and_give_less_back_with_a_reason() {
    Return goods = approved(order(OrderStatus.DELIVERED), ReturnedUnits.EVERYTHING);
    assertThat(goods.refund()).isEqualTo(brl("30.00"));

    assertThat(receive(goods.id(), new Receipt(brl("29.99"), null, false, null)))
        .isEqualTo(new ReturnAnswer.ReasonMissing(goods));
    assertThat(receive(goods.id(), new Receipt(brl("30.01"), "more", false, null)))
        .isEqualTo(new ReturnAnswer.RefundImpossible(goods, brl("30.01")));
    Money dollars = Money.of("1.00", "USD");
    assertThat(receive(goods.id(), new Receipt(dollars, "less", false, null)))
        .isEqualTo(new ReturnAnswer.RefundImpossible(goods, dollars));
    assertThat(transactions.published()).isEmpty();
    assertThat(stored(goods.id())).isEqualTo(goods);

    done(receive(goods.id(), new Receipt(brl("0.00"), "broken", false, "MAIN")));
    assertThat(stored(goods.id()).note()).isEqualTo("broken");
    assertThat(stored(goods.id()).destination()).isEqualTo(new Destination(false, "MAIN"));
    assertThat(transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(
            ReturnReceived.class,
            told -> {
              assertThat(told.restock()).isFalse();
              assertThat(told.refund()).isEqualTo(brl("0.00"));
            });
  }

  @Test
  void each_step_is_taken_once_and_in_its_order() {
    UUID order = order(OrderStatus.COMPLETED);
    Return goods = requested(order, units(MAT, 1));
    assertWrongState(receive(goods.id(), Receipt.AS_REQUESTED));
    done(approve(goods.id()));
    assertWrongState(approve(goods.id()));
    done(receive(goods.id(), Receipt.AS_REQUESTED));
    assertWrongState(receive(goods.id(), Receipt.AS_REQUESTED));
    assertWrongState(reject(goods.id(), "too late"));
    refunded(goods.id(), "10.00");
    assertWrongState(approve(goods.id()));

    Return other = requested(order, units(MOUSE, 1));
    refunded(other.id(), "10.00");
    assertThat(stored(other.id()).status()).isEqualTo(ReturnStatus.REQUESTED);
  }

  @Test
  void no_unit_is_named_twice_unless_its_return_was_rejected() {
    UUID order = order(OrderStatus.COMPLETED);
    Return first = requested(order, units(MOUSE, 1));
    transactions.published();

    assertThat(request(order, units(MOUSE, 2))).contains(new Answer.TooMany(MOUSE, 2, 1));
    assertThat(transactions.published()).isEmpty();
    Return rest = requested(order, ReturnedUnits.EVERYTHING);
    assertThat(rest.lines())
        .extracting(OrderLine::productId, line -> line.quantity().value())
        .containsExactly(tuple(MOUSE, 1), tuple(MAT, 1));
    assertThat(request(order, ReturnedUnits.EVERYTHING)).contains(new Answer.NothingLeft());

    done(approve(first.id()));
    transactions.published();
    done(reject(first.id(), "never arrived"));
    assertThat(transactions.published())
        .containsExactly(new ReturnRejected(first.id(), order, CUSTOMER));
    assertThat(stored(first.id()).note()).isEqualTo("never arrived");
    assertThat(requested(order, ReturnedUnits.EVERYTHING).lines()).hasSize(1);
  }

  @Test
  void an_order_that_has_not_arrived_has_no_returns() {
    for (OrderStatus status : OrderStatus.values()) {
      Order order = add(status);
      Optional<Answer> answer = request(order.id(), units(MOUSE, 1));
      if (status == OrderStatus.DELIVERED || status == OrderStatus.COMPLETED) {
        assertThat(answer.orElseThrow()).isInstanceOf(Answer.Requested.class);
      } else {
        assertThat(answer).contains(new Answer.NotDelivered(order.state()));
      }
    }
    assertThat(request(ids.next(), units(MOUSE, 1))).isEmpty();
    UUID foreign = ids.next();
    UUID order = order(OrderStatus.COMPLETED);
    assertThat(request(order, units(foreign, 1))).contains(new Answer.NotInOrder(List.of(foreign)));
    assertThat(list(new Filter(order, null, null), null, 10)).isEmpty();
  }

  @Test
  void units_that_have_arrived_come_back_before_the_others_have() {
    for (OrderStatus status : List.of(OrderStatus.CONFIRMED, OrderStatus.SHIPPED)) {
      UUID order = order(status);
      var delivery = new Delivery(ids.next(), order, Map.of(MOUSE, 1));
      transactions.run(tx -> followReturns.followDeliveries(List.of(delivery), tx));
      transactions.run(tx -> followReturns.followDeliveries(List.of(delivery), tx)); // repeated

      assertThat(request(order, units(MAT, 1))).contains(new Answer.TooMany(MAT, 1, 0));
      assertThat(request(order, units(MOUSE, 2))).contains(new Answer.TooMany(MOUSE, 2, 1));
      assertThat(requested(order, ReturnedUnits.EVERYTHING).lines())
          .extracting(OrderLine::productId, line -> line.quantity().value())
          .containsExactly(tuple(MOUSE, 1));
      assertThat(request(order, ReturnedUnits.EVERYTHING)).contains(new Answer.NothingLeft());

      var further = new Delivery(ids.next(), order, Map.of(MOUSE, 1));
      transactions.run(tx -> followReturns.followDeliveries(List.of(further), tx));
      assertThat(requested(order, units(MOUSE, 1)).refund()).isEqualTo(brl("10.00"));
    }
  }

  @Test
  void a_bundle_comes_back_at_its_price_and_names_the_parts_that_it_had() {
    UUID order = add(OrderStatus.COMPLETED, SampleOrders.bundledLines()).id();

    assertThat(
            transactions.<Map<UUID, List<OrderLine>>>snapshot(
                tx -> orders.lines(List.of(order), tx).get()))
        .containsEntry(order, SampleOrders.bundledLines());
    Return goods = requested(order, units(SampleOrders.SET, 2));
    assertThat(goods.refund()).isEqualTo(brl("30.00"));
    assertThat(stored(goods.id())).isEqualTo(goods);
    var item =
        new SalesEvent.ReturnItem(
            SampleOrders.SET,
            2,
            List.of(new SalesEvent.Part(MOUSE, 1), new SalesEvent.Part(MAT, 2)));
    assertThat(transactions.published())
        .containsExactly(
            new ReturnRequested(goods.id(), order, CUSTOMER, List.of(item), brl("30.00")));
    done(approve(goods.id()));
    transactions.published();
    assertThat(done(receive(goods.id(), Receipt.AS_REQUESTED)).lines()).isEqualTo(goods.lines());
    assertThat(transactions.published())
        .singleElement()
        .isInstanceOfSatisfying(
            ReturnReceived.class, it -> assertThat(it.items()).containsExactly(item));
  }

  @Test
  void bundles_that_have_arrived_come_back_as_often_as_all_of_their_parts_are_there() {
    UUID order = add(OrderStatus.CONFIRMED, SampleOrders.bundledLines()).id();
    arrived(order, Map.of(MOUSE, 4, MAT, 3));

    assertThat(request(order, units(SampleOrders.SET, 2)))
        .contains(new Answer.TooMany(SampleOrders.SET, 2, 1));
    assertThat(requested(order, ReturnedUnits.EVERYTHING).lines())
        .extracting(OrderLine::productId, line -> line.quantity().value())
        .containsExactly(tuple(MOUSE, 1), tuple(SampleOrders.SET, 1));
    arrived(order, Map.of(MOUSE, 1));
    assertThat(requested(order, units(MOUSE, 1)).lines()).hasSize(1);
    assertThat(request(order, ReturnedUnits.EVERYTHING)).contains(new Answer.NothingLeft());
    arrived(order, Map.of(MAT, 3));
    assertThat(requested(order, units(SampleOrders.SET, 2)).refund()).isEqualTo(brl("30.00"));
  }

  private void arrived(UUID order, Map<UUID, Integer> units) {
    var delivery = new Delivery(ids.next(), order, units);
    transactions.run(tx -> followReturns.followDeliveries(List.of(delivery), tx));
  }

  @Test
  void what_has_arrived_of_an_order_that_is_cancelled_does_not_come_back_by_itself() {
    UUID order = order(OrderStatus.CANCELLED);
    transactions.run(tx ->
        followReturns.followDeliveries(
            List.of(new Delivery(ids.next(), order, Map.of(MOUSE, 1))), tx));

    assertThat(request(order, units(MOUSE, 1)).orElseThrow())
        .isInstanceOf(Answer.NotDelivered.class);
  }

  @Test
  void a_customer_requests_and_sees_own_ones_only() {
    UUID order = order(OrderStatus.COMPLETED);
    Scope stranger = Scope.of(ids.next());
    var command =
        new RequestReturn.Command(order, stranger, units(MOUSE, 1), Destination.STOCK, "no", CAUSE);
    assertThat(transactions.<Optional<Answer>>call(tx -> requestReturn.request(command, tx)))
        .isEmpty();
    Return goods = requested(order, units(MOUSE, 1));
    assertThat(find(goods.id(), stranger)).isEmpty();
    assertThat(find(goods.id(), Scope.of(CUSTOMER))).contains(goods);
  }

  @Test
  void an_order_has_a_bounded_number_of_returns() {
    UUID order = order(OrderStatus.COMPLETED);
    for (int i = 0; i < 100; i++) {
      done(reject(requested(order, units(MOUSE, 1)).id(), null));
    }
    assertThat(request(order, units(MOUSE, 1))).contains(new Answer.TooManyReturns());
  }

  @Test
  void they_are_listed_newest_first() {
    UUID order = order(OrderStatus.COMPLETED);
    Return first = requested(order, units(MOUSE, 1));
    Return second = requested(order, units(MOUSE, 1));
    Return third = done(approve(requested(order, units(MAT, 1)).id()));
    Filter all = new Filter(order, null, null);

    assertThat(list(all, null, 2)).containsExactly(third, second);
    assertThat(list(all, second.id(), 2)).containsExactly(first);
    assertThat(list(new Filter(order, CUSTOMER, ReturnStatus.APPROVED), null, 9))
        .containsExactly(third);
    assertThat(list(new Filter(order, ids.next(), null), null, 9)).isEmpty();
    assertThat(list(new Filter(ids.next(), null, null), null, 9)).isEmpty();
  }

  @Test
  void a_caller_with_an_old_version_moves_nothing() {
    Return goods = requested(order(OrderStatus.COMPLETED), units(MAT, 1));
    var stale = new MoveReturn.Command(goods.id(), _ -> false, CAUSE);
    assertThat(transactions.<MoveReturn.Outcome>call(tx -> moveReturn.approve(stale, tx)))
        .isEqualTo(new MoveReturn.Outcome.Stale(goods));
    var unknown = new MoveReturn.Command(ids.next(), _ -> true, CAUSE);
    assertThat(transactions.<MoveReturn.Outcome>call(tx -> moveReturn.approve(unknown, tx)))
        .isEqualTo(new MoveReturn.Outcome.Unknown());
  }

  @Test
  void the_tax_of_a_line_comes_back_with_its_units_to_the_smallest_unit() {
    for (TaxMode mode : TaxMode.values()) {
      UUID order = add(OrderStatus.COMPLETED, SampleOrders.taxedLines(mode)).id();
      Map<UUID, List<OrderLine>> lines =
          transactions.snapshot(tx -> orders.lines(List.of(order), tx).get());
      assertThat(lines).containsEntry(order, SampleOrders.taxedLines(mode));

      Return first = requested(order, units(MOUSE, 1));
      assertThat(stored(first.id())).isEqualTo(first);
      Return second = requested(order, units(MOUSE, 1));
      Return rest = requested(order, ReturnedUnits.EVERYTHING);
      assertThat(stored(rest.id())).isEqualTo(rest);

      assertThat(List.of(first, second, rest))
          .extracting(Return::refund)
          .isEqualTo(
              switch (mode) {
                case INCLUDED -> List.of(brl("10.00"), brl("10.00"), brl("20.00"));
                case ADDED -> List.of(brl("11.90"), brl("11.90"), brl("21.90"));
              });
      assertThat(
              List.of(first, second, rest).stream()
                  .map(goods -> goods.lines().getFirst().taxAmount())
                  .reduce(Money::plus))
          .contains(brl(mode == TaxMode.INCLUDED ? "4.79" : "5.70"));
      assertThat(done(approve(rest.id())).price()).isEqualTo(rest.refund());
      assertThat(done(receive(rest.id(), Receipt.AS_REQUESTED)).refund()).isEqualTo(rest.refund());
    }
  }

  @Test
  void a_refund_of_an_unknown_return_cannot_be_handled() {
    UUID unknown = ids.next();
    assertThatThrownBy(() -> refunded(unknown, "1.00"))
        .isInstanceOf(Unprocessable.class)
        .hasMessageContaining(unknown.toString());
  }

  // ---- fixtures

  private UUID order(OrderStatus status) {
    return add(status).id();
  }

  /** An order in the status. */
  protected Order add(OrderStatus status) {
    return add(status, SampleOrders.lines());
  }

  private Order add(OrderStatus status, List<OrderLine> lines) {
    Order order = SampleOrders.in(status, ids.next(), new OrderNumber(NUMBERS.incrementAndGet()));
    transactions.run(tx -> orders.add(List.of(new Orders.New(order, lines, null, false)), tx));
    return order;
  }

  private Optional<Answer> request(UUID order, ReturnedUnits units) {
    var command =
        new RequestReturn.Command(
            order, Scope.EVERYBODY, units, Destination.STOCK, "too \"small\", {1}", CAUSE);
    return transactions.call(tx -> requestReturn.request(command, tx));
  }

  private Return requested(UUID order, ReturnedUnits units) {
    return ((Answer.Requested) request(order, units).orElseThrow()).goods();
  }

  private Return approved(UUID order, ReturnedUnits units) {
    Return goods = done(approve(requested(order, units).id()));
    transactions.published();
    return goods;
  }

  private static ReturnedUnits units(UUID product, int quantity) {
    return ReturnedUnits.of(List.of(new ReturnedUnits.Units(product, new Quantity(quantity))));
  }

  private ReturnAnswer approve(UUID id) {
    return answer(transactions.call(tx -> moveReturn.approve(command(id), tx)));
  }

  private ReturnAnswer reject(UUID id, @Nullable String note) {
    return answer(transactions.call(tx -> moveReturn.reject(command(id), note, tx)));
  }

  private ReturnAnswer receive(UUID id, Receipt receipt) {
    return answer(transactions.call(tx -> moveReturn.receive(command(id), receipt, tx)));
  }

  private static MoveReturn.Command command(UUID id) {
    return new MoveReturn.Command(id, _ -> true, CAUSE);
  }

  private static ReturnAnswer answer(MoveReturn.Outcome outcome) {
    return ((MoveReturn.Outcome.Answered) outcome).answer();
  }

  private static Return done(ReturnAnswer answer) {
    return ((ReturnAnswer.Done) answer).now();
  }

  private static void assertWrongState(ReturnAnswer answer) {
    assertThat(answer).isInstanceOf(ReturnAnswer.WrongState.class);
  }

  private void refunded(UUID id, String amount) {
    transactions.run(
        tx -> followReturns.follow(List.of(new FollowReturns.Refunded(id, brl(amount))), tx));
  }

  private Return stored(UUID id) {
    return find(id, Scope.EVERYBODY).orElseThrow();
  }

  private Optional<Return> find(UUID id, Scope scope) {
    return transactions.snapshot(tx -> returns.find(id, scope, tx));
  }

  private List<Return> list(Filter filter, @Nullable UUID before, int limit) {
    return transactions.snapshot(tx -> returns.list(filter, before, limit, tx));
  }

  private static Money brl(String amount) {
    return Money.of(amount, "BRL");
  }
}
