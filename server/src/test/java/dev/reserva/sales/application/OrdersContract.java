package dev.reserva.sales.application;

import static dev.reserva.sales.domain.SampleOrders.LATER;
import static dev.reserva.sales.domain.SampleOrders.NOON;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.Transactions;
import dev.reserva.sales.application.Orders.Filter;
import dev.reserva.sales.application.Orders.Listed;
import dev.reserva.sales.application.Orders.Search;
import dev.reserva.sales.application.Orders.Unpaid;
import dev.reserva.sales.domain.AwaitedUnits;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.Deadlines;
import dev.reserva.sales.domain.Fact;
import dev.reserva.sales.domain.HeldUnits;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderNumber;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.Payment;
import dev.reserva.sales.domain.PaymentChoice;
import dev.reserva.sales.domain.PaymentMethod;
import dev.reserva.sales.domain.Reservation;
import dev.reserva.sales.domain.SampleOrders;
import dev.reserva.sales.domain.Shipment;
import dev.reserva.sales.domain.TotalRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link Orders}, for every adapter. */
public abstract class OrdersContract {

  private static final UUID SHIPMENT = new UUID(9, 1);

  private static final UUID ANNA = new UUID(0x7000, 1);
  private static final UUID BERT = new UUID(0x7000, 2);
  private static final Deadlines DEADLINES =
      new Deadlines(
          Duration.ofMinutes(4),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(3));

  protected abstract Transactions transactions();

  protected abstract Orders orders();

  @Test
  void an_order_is_found_as_it_was_added() {
    OrderState added =
        add(1, ANNA, false, new PaymentChoice(PaymentMethod.PIX, "tok_1"), "Rua 1\nSão Paulo")
            .state();
    assertThat(find(added.id())).contains(added);
    assertThat(lines(List.of(added.id())))
        .containsEntry(added.id(), SampleOrders.lines())
        .hasSize(1);
    assertThat(find(id(2))).isEmpty();
  }

  @Test
  void many_orders_are_added_and_found_with_their_own_lines() {
    var added =
        List.of(
            new Orders.New(placed(1, ANNA, false, NOON), SampleOrders.lines(), id(77), false),
            new Orders.New(
                placed(2, BERT, true, NOON), SampleOrders.lines().subList(1, 2), null, false));
    transactions().run(tx -> orders().add(added, tx));
    assertThat(lines(List.of(id(1), id(2), id(3))))
        .containsEntry(id(1), added.getFirst().lines())
        .containsEntry(id(2), added.getLast().lines())
        .hasSize(2);
  }

  @Test
  void what_changed_is_found_changed_and_the_rest_as_it_was() {
    add(1, ANNA, false, null, null);
    OrderState untouched = add(2, ANNA, false, null, null).state();
    OrderState changed =
        transactions()
            .call(tx -> {
              var locked = orders().lock(List.of(id(2), id(1), id(3)), tx);
              assertThat(locked.keySet()).containsExactly(id(1), id(2));
              Order order = requireNonNull(locked.get(id(1)));
              order.apply(
                  new Fact.StockReserved(SampleOrders.RESERVATION, SampleOrders.EXPIRY, List.of()),
                  LATER);
              order.apply(
                  new Fact.PaymentApproved(SampleOrders.PAYMENT, SampleOrders.TOTAL), LATER);
              orders().save(locked.values(), tx);
              return order.state();
            });
    assertThat(changed.status()).isEqualTo(OrderStatus.PAID);
    assertThat(find(id(1))).contains(changed);
    assertThat(find(id(2))).contains(untouched);
  }

  @Test
  void the_locations_that_hold_an_order_are_kept() {
    add(1, ANNA, false, null, null);
    add(2, ANNA, false, null, null);
    List<HeldUnits> held =
        List.of(
            new HeldUnits(new UUID(7, 1), "NORTH \"2\" \\", 2),
            new HeldUnits(new UUID(7, 2), "MAIN", 1));
    apply(id(1), new Fact.StockReserved(SampleOrders.RESERVATION, SampleOrders.EXPIRY, held));
    apply(id(2), new Fact.StockReserved(SampleOrders.RESERVATION, SampleOrders.EXPIRY, List.of()));

    assertThat(requireNonNull(find(id(1)).orElseThrow().reservation()).held()).isEqualTo(held);
    assertThat(requireNonNull(find(id(2)).orElseThrow().reservation()).held()).isEmpty();
  }

  @Test
  void an_order_that_is_reserved_as_it_is_placed_keeps_where_and_what_it_waits_for() {
    List<HeldUnits> held = List.of(new HeldUnits(new UUID(7, 1), "NORTH", 2));
    List<AwaitedUnits> awaited = List.of(new AwaitedUnits(new UUID(7, 2), 1, null));
    var added = new Orders.New(placed(1, ANNA, false, NOON), SampleOrders.lines(), null, false);
    transactions()
        .run(tx -> {
          orders().add(List.of(added), tx);
          Order order = requireNonNull(orders().lock(List.of(id(1)), tx).get(id(1)));
          order.apply(
              new Fact.StockReserved(SampleOrders.RESERVATION, SampleOrders.EXPIRY, held, awaited),
              LATER);
          orders().save(List.of(order), tx);
        });

    Reservation kept = requireNonNull(find(id(1)).orElseThrow().reservation());
    assertThat(kept.held()).isEqualTo(held);
    assertThat(kept.awaited()).isEqualTo(awaited);
  }

  @Test
  void a_paid_order_that_waits_for_stock_is_not_late_before_its_wait_ends() {
    add(1, ANNA, false, null, null);
    List<AwaitedUnits> awaited =
        List.of(
            new AwaitedUnits(new UUID(7, 1), 2, null),
            new AwaitedUnits(new UUID(7, 2), 1, SampleOrders.EXPIRY));
    UUID reservation = SampleOrders.RESERVATION;
    Instant waitsUntil = NOON.plus(Duration.ofDays(30));
    apply(id(1), new Fact.StockReserved(reservation, SampleOrders.EXPIRY, List.of(), awaited));
    apply(id(1), new Fact.PaymentApproved(SampleOrders.PAYMENT, SampleOrders.TOTAL));
    know(id(1), new Fact.StockExtended(reservation, waitsUntil));

    assertThat(requireNonNull(find(id(1)).orElseThrow().reservation()).awaited())
        .isEqualTo(awaited);
    assertThat(late(waitsUntil.minusSeconds(1))).isEmpty();
    assertThat(late(waitsUntil.plus(Duration.ofDays(1)))).containsExactly(id(1));

    know(id(1), new Fact.StockAllocated(reservation, List.of(), List.of()));
    assertThat(requireNonNull(find(id(1)).orElseThrow().reservation()).awaited()).isEmpty();
    assertThat(late(NOON.plus(Duration.ofDays(1))))
        .as("nothing is awaited any more")
        .containsExactly(id(1));
  }

  private List<UUID> late(Instant now) {
    return transactions()
        .call(tx -> orders().lockLate(DEADLINES, now, 10, tx).stream().map(Order::id).toList());
  }

  @Test
  void what_a_buyer_needs_to_pay_is_kept_until_the_payment_ends() {
    add(1, ANNA, false, null, null);
    UUID id = id(1);
    apply(id, new Fact.StockReserved(SampleOrders.RESERVATION, SampleOrders.EXPIRY, List.of()));
    var instructions = new Payment.Instructions(PaymentMethod.BOLETO, "1", SampleOrders.EXPIRY);
    transactions()
        .run(tx -> {
          Order order = requireNonNull(orders().lock(List.of(id), tx).get(id));
          order.apply(new Fact.PaymentPending(SampleOrders.PAYMENT, instructions, null), LATER);
          orders().save(List.of(order), tx);
        });
    assertThat(find(id).orElseThrow().payment())
        .isEqualTo(new Payment(SampleOrders.PAYMENT, Payment.Status.PROCESSING, instructions));

    apply(id, new Fact.PaymentApproved(SampleOrders.PAYMENT, SampleOrders.TOTAL));
    assertThat(find(id).orElseThrow().payment())
        .isEqualTo(new Payment(SampleOrders.PAYMENT, Payment.Status.SUCCEEDED));
  }

  @Test
  void an_order_made_and_changed_in_one_transaction_is_found_as_it_was_left() {
    OrderState left =
        transactions()
            .call(tx -> {
              orders().add(List.of(added(placed(1, ANNA, false, NOON))), tx);
              Order order = requireNonNull(orders().lock(List.of(id(1)), tx).get(id(1)));
              order.apply(
                  new Fact.StockReserved(SampleOrders.RESERVATION, SampleOrders.EXPIRY, List.of()),
                  LATER);
              orders().save(List.of(order), tx);
              Order again = requireNonNull(orders().lock(List.of(id(1)), tx).get(id(1)));
              assertThat(again.state()).isEqualTo(order.state());
              assertThat(orders().find(id(1), Scope.EVERYBODY, tx)).contains(order.state());
              again.apply(
                  new Fact.PaymentApproved(SampleOrders.PAYMENT, SampleOrders.TOTAL), LATER);
              orders().save(List.of(again), tx);
              return again.state();
            });
    assertThat(left.status()).isEqualTo(OrderStatus.PAID);
    assertThat(find(id(1))).contains(left);
    assertThat(lines(List.of(id(1)))).hasSize(1);
  }

  @Test
  void every_state_can_be_kept() {
    add(1, ANNA, true, null, null);
    for (UUID way : List.of(id(1))) {
      step(way, order -> order.submit(SampleOrders.TOTAL, LATER));
      apply(way, new Fact.StockReserved(SampleOrders.RESERVATION, SampleOrders.EXPIRY, List.of()));
      apply(way, new Fact.PaymentApproved(SampleOrders.PAYMENT, SampleOrders.TOTAL));
      apply(way, new Fact.StockConfirmed(SampleOrders.RESERVATION, List.of()));
      know(way, new Fact.ShipmentMoved(SHIPMENT, Shipment.Status.PREPARING, 3, 1, 1));
      step(way, order -> order.ship(LATER));
      know(way, new Fact.ShipmentMoved(SHIPMENT, Shipment.Status.DISPATCHED, 0, 1, 2));
      step(way, order -> order.deliver(LATER));
      step(way, order -> order.complete(LATER));
    }
    assertThat(find(id(1)).orElseThrow().shipment())
        .isEqualTo(new Shipment(SHIPMENT, Shipment.Status.DISPATCHED, 0, 2));
    add(2, ANNA, false, null, null);
    step(id(2), order -> order.cancel(CancellationReason.CUSTOMER_REQUEST, null, LATER));
    add(3, ANNA, false, null, null);
    transactions()
        .run(tx -> {
          Order order = requireNonNull(orders().lock(List.of(id(3)), tx).get(id(3)));
          assertThat(order.failIfLate(DEADLINES, NOON.plusSeconds(600))).isPresent();
          orders().save(List.of(order), tx);
        });
    assertThat(status(1)).isEqualTo(OrderStatus.COMPLETED);
    assertThat(status(2)).isEqualTo(OrderStatus.CANCELLED);
    assertThat(status(3)).isEqualTo(OrderStatus.FAILED);
  }

  @Test
  void only_those_past_the_deadline_of_their_state_are_late_the_oldest_first() {
    transactions()
        .run(tx ->
            orders()
                .add(
                    List.of(
                        added(placed(1, ANNA, false, NOON.minusSeconds(60))),
                        added(placed(2, ANNA, false, NOON.minusSeconds(59))),
                        added(placed(3, ANNA, false, NOON.minusSeconds(500))),
                        added(placed(4, ANNA, false, NOON.minusSeconds(400))),
                        added(placed(5, ANNA, true, NOON.minusSeconds(500)))),
                    tx));
    transactions()
        .run(tx -> {
          Order reserved = requireNonNull(orders().lock(List.of(id(3)), tx).get(id(3)));
          reserved.apply(
              new Fact.StockReserved(SampleOrders.RESERVATION, SampleOrders.EXPIRY, List.of()),
              NOON.minusSeconds(119));
          orders().save(List.of(reserved), tx);
        });
    assertThat(late(NOON, 10)).containsExactly(id(4), id(1));
    assertThat(late(NOON, 1)).containsExactly(id(4));
    assertThat(late(NOON.plusSeconds(1), 10)).containsExactly(id(3), id(4), id(1), id(2));
    assertThat(listLate(NOON.plusSeconds(1), null, 10)).containsExactly(id(4), id(3), id(2), id(1));
    assertThat(listLate(NOON.plusSeconds(1), id(4), 2)).containsExactly(id(3), id(2));
    assertThat(listLate(NOON, null, 10)).containsExactly(id(4), id(1));
  }

  @Test
  void certain_orders_are_found_the_highest_id_first_and_unknown_ones_left_out() {
    transactions()
        .run(tx ->
            orders()
                .add(
                    List.of(
                        added(placed(1, ANNA, false, NOON)),
                        added(placed(2, ANNA, true, NOON)),
                        added(placed(3, ANNA, false, NOON))),
                    tx));

    assertThat(
            transactions().snapshot(tx -> orders().find(List.of(id(1), id(2), id(9)), tx)).stream()
                .map(OrderState::id))
        .containsExactly(id(2), id(1));
  }

  @Test
  void anothers_order_and_its_lines_are_neither_found_nor_locked() {
    Order annas = add(1, ANNA, false, null, null);
    transactions()
        .run(tx -> {
          for (Scope scope : List.of(Scope.EVERYBODY, Scope.of(ANNA))) {
            assertThat(orders().find(id(1), scope, tx)).contains(annas.state());
            assertThat(orders().lines(List.of(id(1)), scope, tx).get()).hasSize(1);
          }
        });
    transactions()
        .run(tx -> {
          assertThat(orders().find(id(1), Scope.of(BERT), tx)).isEmpty();
          assertThat(orders().lines(List.of(id(1)), Scope.of(BERT), tx).get()).isEmpty();
          assertThat(orders().lock(id(1), Scope.of(BERT), tx)).isEmpty();
          assertThat(orders().lock(id(2), Scope.EVERYBODY, tx)).isEmpty();
          assertThat(orders().lock(id(1), Scope.of(ANNA), tx).orElseThrow().state())
              .isEqualTo(annas.state());
          assertThat(orders().lock(id(1), Scope.of(BERT), tx)).isEmpty();
        });
  }

  @Test
  void a_draft_is_found_as_it_was_rewritten() {
    add(1, ANNA, true, null, "Rua 1");
    OrderState other = add(2, ANNA, true, null, "Rua 1").state();
    List<OrderLine> mats = SampleOrders.lines().subList(1, 2);
    OrderState rewritten =
        transactions()
            .call(tx -> {
              Order draft = orders().lock(id(1), Scope.of(ANNA), tx).orElseThrow();
              var payment = new PaymentChoice(PaymentMethod.PIX, "tok_1");
              assertThat(draft.revise(Money.of("10.00", "USD"), payment, null, LATER)).isTrue();
              orders().rewrite(draft, mats, tx);
              orders().save(List.of(draft), tx);
              return draft.state();
            });
    assertThat(rewritten.total()).isEqualTo(Money.of("10.00", "USD"));
    assertThat(find(id(1))).contains(rewritten);
    assertThat(lines(List.of(id(1))).get(id(1)))
        .singleElement()
        .satisfies(line -> {
          assertThat(line.productId()).isEqualTo(mats.getFirst().productId());
          assertThat(line.quantity()).isEqualTo(mats.getFirst().quantity());
        });
    assertThat(find(id(2))).contains(other);
    assertThat(lines(List.of(id(2)))).containsEntry(id(2), SampleOrders.lines());
  }

  @Test
  void a_removed_draft_is_gone_with_its_lines() {
    add(1, ANNA, true, null, null);
    OrderState other = add(2, ANNA, true, null, null).state();
    transactions()
        .run(tx -> {
          Order draft = orders().lock(id(1), Scope.EVERYBODY, tx).orElseThrow();
          orders().remove(List.of(draft), tx);
          assertThat(orders().find(id(1), Scope.EVERYBODY, tx)).isEmpty();
        });
    assertThat(find(id(1))).isEmpty();
    assertThat(lines(List.of(id(1), id(2)))).containsOnlyKeys(id(2));
    assertThat(find(id(2))).contains(other);
  }

  @Test
  void only_drafts_that_are_unchanged_for_long_enough_have_expired() {
    add(1, ANNA, true, null, null);
    add(2, ANNA, true, null, null);
    add(3, ANNA, false, null, null);
    transactions()
        .run(tx -> {
          Order draft = orders().lock(id(2), Scope.EVERYBODY, tx).orElseThrow();
          assertThat(draft.revise(SampleOrders.TOTAL, null, null, NOON.plusSeconds(1))).isTrue();
          orders().save(List.of(draft), tx);
        });
    Instant expiry = NOON.plus(DEADLINES.draft());
    assertThat(expired(expiry.minusSeconds(1), 9)).isEmpty();
    assertThat(expired(expiry, 9)).containsExactly(id(1));
    assertThat(expired(expiry.plusSeconds(1), 9)).containsExactly(id(1), id(2));
    assertThat(expired(expiry.plusSeconds(1), 1)).containsExactly(id(1));
  }

  private List<UUID> expired(Instant now, int limit) {
    return transactions()
        .call(
            tx -> orders().lockExpired(DEADLINES, now, limit, tx).stream().map(Order::id).toList());
  }

  @Test
  void a_list_is_newest_first_and_continues_where_it_ended() {
    for (int n = 1; n <= 5; n++) {
      add(n, n % 2 == 0 ? ANNA : BERT, false, null, null);
    }
    assertThat(list(Filter.ANY, null, 2)).containsExactly(id(5), id(4));
    assertThat(list(Filter.ANY, id(4), 2)).containsExactly(id(3), id(2));
    assertThat(list(Filter.ANY, id(2), 2)).containsExactly(id(1));
    assertThat(list(new Filter(null, BERT, null, null, null, Search.NONE), null, 9))
        .containsExactly(id(5), id(3), id(1));
    assertThat(list(new Filter(null, BERT, null, null, null, Search.NONE), id(5), 1))
        .containsExactly(id(3));
  }

  @Test
  void a_list_is_filtered_by_state_and_time() {
    for (int n = 1; n <= 4; n++) {
      int order = n;
      transactions()
          .run(tx ->
              orders()
                  .add(
                      List.of(added(placed(order, ANNA, order == 4, NOON.plusSeconds(order)))),
                      tx));
    }
    step(id(2), order -> order.cancel(CancellationReason.CUSTOMER_REQUEST, null, LATER));
    assertThat(list(new Filter(OrderStatus.PENDING, null, null, null, null, Search.NONE), null, 9))
        .containsExactly(id(3), id(1));
    assertThat(
            list(new Filter(OrderStatus.CANCELLED, ANNA, null, null, null, Search.NONE), null, 9))
        .containsExactly(id(2));
    assertThat(list(new Filter(OrderStatus.DRAFT, null, null, null, null, Search.NONE), null, 9))
        .containsExactly(id(4));
    assertThat(list(new Filter(OrderStatus.PAID, null, null, null, null, Search.NONE), null, 9))
        .isEmpty();
    assertThat(
            list(
                new Filter(null, null, null, NOON.plusSeconds(2), NOON.plusSeconds(4), Search.NONE),
                null,
                9))
        .containsExactly(id(3), id(2));
  }

  @Test
  void an_order_is_found_by_its_number() {
    add(1, ANNA, false, null, null);
    add(2, BERT, false, null, null);
    assertThat(list(new Filter(null, null, number(2), null, null, Search.NONE), null, 9))
        .containsExactly(id(2));
    assertThat(list(new Filter(null, ANNA, number(2), null, null, Search.NONE), null, 9)).isEmpty();
    assertThat(list(new Filter(null, null, number(3), null, null, Search.NONE), null, 9)).isEmpty();
  }

  @Test
  void orders_are_searched_by_sku_total_and_reason() {
    for (int n = 1; n <= 4; n++) {
      Money total = Money.of(n + "0.00", n == 4 ? "USD" : "BRL");
      List<OrderLine> lines =
          n == 2 ? SampleOrders.lines().subList(1, 2) : SampleOrders.lines().subList(0, 1);
      Order order =
          Order.place(id(n), number(n), n == 1 ? BERT : ANNA, total, null, null, false, "c", NOON);
      transactions()
          .run(tx -> orders().add(List.of(new Orders.New(order, lines, null, false)), tx));
    }
    step(id(1), it -> it.cancel(CancellationReason.CUSTOMER_REQUEST, "Changed my Mind", LATER));
    step(id(2), it -> it.cancel(CancellationReason.OPERATOR_REQUEST, "looks like fraud", LATER));

    assertThat(found(new Search("MOUSE", null, null, true))).containsExactly(id(4), id(3), id(1));
    assertThat(found(new Search("mouse", null, null, true))).isEmpty();
    assertThat(found(new Search(null, range(null, null), null, true)))
        .containsExactly(id(3), id(2), id(1));
    assertThat(found(new Search(null, range("20.00", null), null, true)))
        .containsExactly(id(3), id(2));
    assertThat(found(new Search(null, range("10.01", "29.99"), null, true))).containsExactly(id(2));
    assertThat(found(new Search("MOUSE", range(null, "10.00"), null, true))).containsExactly(id(1));
    assertThat(found(new Search(null, null, "REQUEST", true))).containsExactly(id(2), id(1));
    assertThat(found(new Search(null, null, "my mind", true))).containsExactly(id(1));
    assertThat(found(new Search(null, null, "%", true))).isEmpty();
    assertThat(found(new Search(null, null, "fraud", true))).containsExactly(id(2));
    assertThat(found(new Search(null, null, "fraud", false))).isEmpty();
    assertThat(found(new Search(null, null, "my mind", false))).containsExactly(id(1));
    assertThat(find(id(1)).orElseThrow().note()).isEqualTo("Changed my Mind");
    Search mice = new Search("MOUSE", null, null, true);
    assertThat(list(new Filter(OrderStatus.PENDING, ANNA, null, null, null, mice), id(4), 1))
        .containsExactly(id(3));
  }

  @Test
  void what_a_customers_own_login_holds_without_having_paid_is_counted() {
    addByCustomer(1, ANNA, false, NOON);
    addByCustomer(2, ANNA, false, NOON);
    addByCustomer(3, ANNA, false, NOON);
    addByCustomer(4, ANNA, true, NOON); // a draft holds nothing
    add(5, ANNA, false, null, null); // by staff
    addByCustomer(6, BERT, false, NOON);
    apply(id(2), new Fact.StockReserved(SampleOrders.RESERVATION, SampleOrders.EXPIRY, List.of()));
    apply(id(3), new Fact.StockReserved(SampleOrders.RESERVATION, SampleOrders.EXPIRY, List.of()));
    apply(id(3), new Fact.PaymentApproved(SampleOrders.PAYMENT, SampleOrders.TOTAL));

    UUID mouse = SampleOrders.lines().getFirst().productId();
    UUID other = new UUID(9, 9);
    Map<UUID, Unpaid> unpaid = unpaid(List.of(ANNA, BERT, other), List.of(mouse, other), 9);
    assertThat(unpaid)
        .containsEntry(ANNA, new Unpaid(2, Map.of(mouse, 4L), List.of()))
        .containsEntry(BERT, new Unpaid(1, Map.of(mouse, 2L), List.of()))
        .containsEntry(other, new Unpaid(0, Map.of(), List.of()))
        .hasSize(3);
  }

  @Test
  void a_draft_counts_from_its_submission_by_the_customer() {
    add(1, ANNA, true, null, null);
    assertThat(unpaid(List.of(ANNA), List.of(), 9)).containsEntry(ANNA, NOTHING);
    transactions()
        .run(tx -> {
          Order draft = requireNonNull(orders().lock(List.of(id(1)), tx).get(id(1)));
          draft.submit(SampleOrders.TOTAL, LATER);
          orders().markSubmittedByCustomer(draft, tx);
          orders().save(List.of(draft), tx);
        });
    assertThat(unpaid(List.of(ANNA), List.of(), 9))
        .containsEntry(ANNA, new Unpaid(1, Map.of(), List.of()));
  }

  @Test
  void orders_that_the_customer_gave_up_are_found_by_their_reason_the_newest_first() {
    int n = 0;
    for (CancellationReason reason : CancellationReason.values()) {
      addByCustomer(++n, ANNA, false, NOON.plusSeconds(n));
      if (reason.isGivingUp()) {
        end(id(n), reason);
      }
    }
    addByCustomer(20, ANNA, false, NOON.minus(Duration.ofMinutes(30)));
    addByCustomer(21, BERT, false, NOON);
    step(id(20), it -> it.cancel(CancellationReason.CUSTOMER_REQUEST, null, LATER));
    addByCustomer(22, ANNA, false, NOON);
    step(id(22), it -> it.cancel(CancellationReason.OPERATOR_REQUEST, null, LATER));

    List<Instant> all =
        List.of(NOON.plusSeconds(8), NOON.plusSeconds(5), NOON.plusSeconds(4), NOON.plusSeconds(3));
    assertThat(requireNonNull(unpaid(List.of(ANNA, BERT), List.of(), 9).get(ANNA)).givenUp())
        .isEqualTo(all);
    assertThat(requireNonNull(unpaid(List.of(ANNA, BERT), List.of(), 2).get(ANNA)).givenUp())
        .isEqualTo(all.subList(0, 2));
    assertThat(requireNonNull(unpaid(List.of(ANNA, BERT), List.of(), 2).get(BERT)).givenUp())
        .isEmpty();
  }

  private static final Unpaid NOTHING = new Unpaid(0, Map.of(), List.of());

  private void end(UUID id, CancellationReason reason) {
    switch (reason) {
      case CUSTOMER_REQUEST -> step(id, it -> it.cancel(reason, null, LATER));
      case PAYMENT_FAILED -> {
        apply(id, new Fact.StockReserved(SampleOrders.RESERVATION, SampleOrders.EXPIRY, List.of()));
        apply(id, new Fact.PaymentFailed(SampleOrders.PAYMENT));
      }
      case RESERVATION_EXPIRED -> {
        apply(id, new Fact.StockReserved(SampleOrders.RESERVATION, SampleOrders.EXPIRY, List.of()));
        apply(id, new Fact.StockReleased(SampleOrders.RESERVATION, Fact.Release.EXPIRED));
      }
      case DEADLINE_EXCEEDED ->
          transactions()
              .run(tx -> {
                Order order = requireNonNull(orders().lock(List.of(id), tx).get(id));
                assertThat(order.failIfLate(DEADLINES, NOON.plus(Duration.ofDays(1)))).isPresent();
                orders().save(List.of(order), tx);
              });
      case OUT_OF_STOCK, UNKNOWN_PRODUCT, OPERATOR_REQUEST, RETURNED ->
          throw new IllegalArgumentException("not a customer's doing: " + reason);
    }
  }

  /** Given up since five minutes before noon. */
  private Map<UUID, Unpaid> unpaid(List<UUID> customers, List<UUID> products, int most) {
    return transactions()
        .call(tx ->
            orders().unpaid(customers, products, NOON.minus(Duration.ofMinutes(5)), most, tx));
  }

  private void addByCustomer(int n, UUID customer, boolean draft, Instant at) {
    var added = new Orders.New(placed(n, customer, draft, at), SampleOrders.lines(), null, true);
    transactions().run(tx -> orders().add(List.of(added), tx));
  }

  @Test
  void a_list_names_where_it_continues() {
    for (int n = 1; n <= 3; n++) {
      add(n, ANNA, false, null, null);
    }
    for (Search search : List.of(Search.NONE, new Search("MOUSE", null, null, true))) {
      Filter filter = new Filter(null, null, null, null, null, search);
      assertThat(listed(filter, null, 2).next()).isEqualTo(id(2));
      assertThat(listed(filter, id(2), 2).next()).isNull();
      assertThat(listed(filter, null, 3).next()).isNull();
    }
  }

  private Listed listed(Filter filter, @Nullable UUID before, int limit) {
    return transactions().snapshot(tx -> orders().list(filter, before, limit, tx));
  }

  private List<UUID> found(Search search) {
    return list(new Filter(null, null, null, null, null, search), null, 9);
  }

  private static TotalRange range(@Nullable String min, @Nullable String max) {
    return new TotalRange(
        "BRL",
        min == null ? null : Money.of(min, "BRL"),
        max == null ? null : Money.of(max, "BRL"));
  }

  private Optional<OrderState> find(UUID id) {
    return transactions().snapshot(tx -> orders().find(id, Scope.EVERYBODY, tx));
  }

  private Map<UUID, List<OrderLine>> lines(List<UUID> ids) {
    return transactions().snapshot(tx -> orders().lines(ids, tx).get());
  }

  private interface Wanted {
    Order.Answer of(Order order);
  }

  private void step(UUID id, Wanted command) {
    transactions()
        .run(tx -> {
          Order order = requireNonNull(orders().lock(List.of(id), tx).get(id));
          assertThat(command.of(order)).isInstanceOf(Order.Answer.Done.class);
          orders().save(List.of(order), tx);
        });
  }

  /** Applies a fact that moves no order. */
  private void know(UUID id, Fact fact) {
    transactions()
        .run(tx -> {
          Order order = requireNonNull(orders().lock(List.of(id), tx).get(id));
          assertThat(order.apply(fact, LATER)).isEmpty();
          orders().save(List.of(order), tx);
        });
  }

  private void apply(UUID id, Fact fact) {
    transactions()
        .run(tx -> {
          Order order = requireNonNull(orders().lock(List.of(id), tx).get(id));
          assertThat(order.apply(fact, LATER)).hasSize(1);
          orders().save(List.of(order), tx);
        });
  }

  private OrderStatus status(int n) {
    return find(id(n)).orElseThrow().status();
  }

  private List<UUID> late(Instant now, int limit) {
    return transactions()
        .call(tx -> orders().lockLate(DEADLINES, now, limit, tx).stream().map(Order::id).toList());
  }

  private List<UUID> listLate(Instant now, @Nullable UUID before, int limit) {
    return transactions()
        .snapshot(tx ->
            orders().late(DEADLINES, now, before, limit, tx).stream().map(OrderState::id).toList());
  }

  private List<UUID> list(Filter filter, @Nullable UUID before, int limit) {
    return transactions()
        .snapshot(tx ->
            orders().list(filter, before, limit, tx).orders().stream()
                .map(OrderState::id)
                .toList());
  }

  private Order add(
      int n,
      UUID customer,
      boolean draft,
      @Nullable PaymentChoice payment,
      @Nullable String address) {
    Order order =
        Order.place(
            id(n),
            number(n),
            customer,
            SampleOrders.TOTAL,
            payment,
            address,
            draft,
            "correlation",
            NOON);
    transactions().run(tx -> orders().add(List.of(added(order)), tx));
    return order;
  }

  private static Orders.New added(Order order) {
    return new Orders.New(order, SampleOrders.lines(), null, false);
  }

  private static Order placed(int n, UUID customer, boolean draft, Instant at) {
    return Order.place(
        id(n), number(n), customer, Money.of("30.00", "BRL"), null, null, draft, "correlation", at);
  }

  private static OrderNumber number(int n) {
    return new OrderNumber(100 + n);
  }

  /** A UUIDv7 of noon, in order of n. */
  static UUID id(int n) {
    return new UUID(NOON.toEpochMilli() << 16 | 0x7000, n);
  }
}
