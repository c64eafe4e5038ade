package dev.reserva.sales.domain;

import static dev.reserva.sales.domain.SampleOrders.EXPIRY;
import static dev.reserva.sales.domain.SampleOrders.LATER;
import static dev.reserva.sales.domain.SampleOrders.NOON;
import static dev.reserva.sales.domain.SampleOrders.PAYMENT;
import static dev.reserva.sales.domain.SampleOrders.RESERVATION;
import static dev.reserva.sales.domain.SampleOrders.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class OrderTest {

  private static final Fact RESERVED = new Fact.StockReserved(RESERVATION, EXPIRY, List.of());
  private static final Fact SHORT = new Fact.StockInsufficient(false);
  private static final Fact UNKNOWN = new Fact.StockInsufficient(true);
  private static final Fact CONFIRMED = new Fact.StockConfirmed(RESERVATION, List.of());
  private static final Fact EXPIRED = new Fact.StockReleased(RESERVATION, Fact.Release.EXPIRED);
  private static final Fact BY_HAND = new Fact.StockReleased(RESERVATION, Fact.Release.MANUAL);
  private static final Fact GIVEN_BACK =
      new Fact.StockReleased(RESERVATION, Fact.Release.CANCELLED);
  private static final Fact NOT_RENEWED = new Fact.StockConfirmationFailed();
  private static final UUID ANOTHER_PAYMENT = new UUID(0x0195000000007000L, 8);
  private static final Payment.Instructions CODE =
      new Payment.Instructions(PaymentMethod.PIX, "000201", EXPIRY);
  private static final Fact PENDING = new Fact.PaymentPending(PAYMENT, CODE, null);
  private static final Fact APPROVED = new Fact.PaymentApproved(PAYMENT, TOTAL);
  private static final Fact DECLINED = new Fact.PaymentFailed(PAYMENT);
  private static final Fact REFUNDED = new Fact.PaymentRefunded(PAYMENT, true);

  private static final UUID SHIPMENT = new UUID(9, 1);
  private static final Fact LEFT =
      new Fact.ShipmentMoved(SHIPMENT, Shipment.Status.DISPATCHED, 0, 1, 2);
  private static final Fact LEFT_IN_PART =
      new Fact.ShipmentMoved(SHIPMENT, Shipment.Status.DISPATCHED, 1, 2, 2);
  private static final Fact ARRIVED =
      new Fact.ShipmentMoved(SHIPMENT, Shipment.Status.DELIVERED, 0, 0, 3);
  private static final Fact RECALLED =
      new Fact.ShipmentMoved(SHIPMENT, Shipment.Status.RETURNED, 0, 0, 4);

  private static final List<Fact> ALL_FACTS =
      List.of(
          RESERVED,
          new Fact.StockExtended(RESERVATION, EXPIRY.plusSeconds(600)),
          SHORT,
          UNKNOWN,
          CONFIRMED,
          EXPIRED,
          BY_HAND,
          GIVEN_BACK,
          NOT_RENEWED,
          APPROVED,
          DECLINED,
          REFUNDED,
          LEFT,
          LEFT_IN_PART,
          ARRIVED,
          RECALLED);

  /** The effect of each fact in each state; an empty cell means no effect. */
  private static final Map<OrderStatus, Map<Fact, String>> EFFECTS =
      Map.of(
          OrderStatus.PENDING,
          Map.of(
              RESERVED, "PENDING_PAYMENT",
              SHORT, "CANCELLED(out_of_stock)",
              UNKNOWN, "CANCELLED(unknown_product)"),
          OrderStatus.PENDING_PAYMENT,
          Map.of(
              APPROVED, "PAID",
              DECLINED, "CANCELLED(payment_failed)",
              EXPIRED, "CANCELLED(reservation_expired)",
              BY_HAND, "CANCELLED(operator_request)"),
          OrderStatus.PAID,
          Map.of(CONFIRMED, "CONFIRMED", NOT_RENEWED, "CANCELLED(reservation_expired)"),
          OrderStatus.CONFIRMED,
          Map.of(LEFT, "SHIPPED", ARRIVED, "SHIPPED DELIVERED COMPLETED"),
          OrderStatus.SHIPPED,
          Map.of(ARRIVED, "DELIVERED COMPLETED"));

  @Test
  void each_fact_moves_an_order_where_it_should_and_changes_nothing_elsewhere() {
    for (OrderStatus status : OrderStatus.values()) {
      for (Fact fact : ALL_FACTS) {
        Order order = SampleOrders.in(status);
        List<Step> steps = order.apply(fact, LATER);
        String effect = described(steps);
        assertThat(effect)
            .as("%s applies %s", status, fact)
            .isEqualTo(EFFECTS.getOrDefault(status, Map.of()).getOrDefault(fact, ""));
        assertThat(order.state().version()).isEqualTo(1 + steps.size());
      }
    }
  }

  @Test
  void a_fact_applied_twice_does_nothing_the_second_time() {
    for (OrderStatus status : OrderStatus.values()) {
      for (Fact fact : ALL_FACTS) {
        Order order = SampleOrders.in(status);
        order.apply(fact, LATER);
        Order again = Order.of(order.state());
        assertThat(again.apply(fact, LATER.plusSeconds(1)))
            .as("%s applies %s", status, fact)
            .isEmpty();
        assertThat(again.changed()).as("%s applies %s", status, fact).isFalse();
      }
    }
  }

  @Test
  void each_command_is_carried_out_where_allowed_and_refused_elsewhere() {
    Map<String, Function<Order, Order.Answer>> commands =
        Map.of(
            "submit", order -> order.submit(SampleOrders.TOTAL, LATER),
            "ship", order -> order.ship(LATER),
            "deliver", order -> order.deliver(LATER),
            "complete", order -> order.complete(LATER),
            "cancel", order -> order.cancel(CancellationReason.CUSTOMER_REQUEST, null, LATER),
            "return", order -> order.cancel(CancellationReason.RETURNED, null, LATER));
    Map<String, Set<OrderStatus>> granted =
        Map.of(
            "submit", Set.of(OrderStatus.DRAFT),
            "ship", Set.of(OrderStatus.CONFIRMED),
            "deliver", Set.of(OrderStatus.SHIPPED),
            "complete", Set.of(OrderStatus.DELIVERED),
            "cancel",
                Set.of(
                    OrderStatus.PENDING,
                    OrderStatus.PENDING_PAYMENT,
                    OrderStatus.PAID,
                    OrderStatus.CONFIRMED),
            "return", Set.of(OrderStatus.SHIPPED, OrderStatus.DELIVERED));
    commands.forEach((name, command) -> {
      for (OrderStatus status : OrderStatus.values()) {
        Order order = SampleOrders.in(status);
        OrderState before = order.state();
        Order.Answer answer = command.apply(order);
        if (granted.getOrDefault(name, Set.of()).contains(status)) {
          assertThat(answer).as("%s %s", name, status).isInstanceOf(Order.Answer.Done.class);
          assertThat(order.state().version()).isEqualTo(2);
          assertThat(order.state().updatedAt()).isEqualTo(LATER);
        } else {
          assertThat(answer).as("%s %s", name, status).isEqualTo(new Order.Answer.Refused(status));
          assertThat(order.state()).isEqualTo(before);
          assertThat(order.changed()).isFalse();
        }
      }
    });
  }

  @Test
  void a_payment_of_a_cancelled_order_is_recorded_but_does_not_revive_it() {
    Order order = SampleOrders.in(OrderStatus.CANCELLED);
    assertThat(order.apply(APPROVED, LATER)).isEmpty();
    assertThat(order.state().payment()).isEqualTo(new Payment(PAYMENT, Payment.Status.SUCCEEDED));
    assertThat(order.apply(REFUNDED, LATER)).isEmpty();
    assertThat(order.state().payment()).isEqualTo(new Payment(PAYMENT, Payment.Status.REFUNDED));
    assertThat(order.apply(APPROVED, LATER)).isEmpty();
    assertThat(order.state().payment()).isEqualTo(new Payment(PAYMENT, Payment.Status.REFUNDED));
    assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
  }

  @Test
  void a_payment_that_waits_is_shown_with_what_the_buyer_needs_until_the_next_step() {
    Order order = SampleOrders.in(OrderStatus.PENDING_PAYMENT);
    assertThat(order.apply(PENDING, LATER)).isEmpty();
    assertThat(order.state().payment())
        .isEqualTo(new Payment(PAYMENT, Payment.Status.PROCESSING, CODE));
    assertThat(order.state().updatedAt()).isEqualTo(LATER);

    order.cancel(CancellationReason.CUSTOMER_REQUEST, null, LATER);
    assertThat(order.state().payment()).isEqualTo(new Payment(PAYMENT, Payment.Status.PROCESSING));
    order.apply(new Fact.PaymentCancelled(PAYMENT), LATER);
    assertThat(order.state().payment()).isEqualTo(new Payment(PAYMENT, Payment.Status.CANCELLED));
  }

  @Test
  void a_payment_is_not_due_after_the_reservation_expires() {
    Order order = SampleOrders.in(OrderStatus.PENDING_PAYMENT);
    order.apply(
        new Fact.PaymentPending(
            PAYMENT,
            new Payment.Instructions(PaymentMethod.BOLETO, "1", EXPIRY.plusSeconds(1)),
            null),
        LATER);
    assertThat(order.state().payment())
        .isEqualTo(
            new Payment(
                PAYMENT,
                Payment.Status.PROCESSING,
                new Payment.Instructions(PaymentMethod.BOLETO, "1", EXPIRY)));

    Order late = SampleOrders.in(OrderStatus.CANCELLED);
    late.apply(PENDING, LATER);
    assertThat(late.state().payment()).isEqualTo(new Payment(PAYMENT, Payment.Status.PROCESSING));
  }

  @Test
  void a_payment_that_takes_the_place_of_another_is_shown_instead() {
    Order order = SampleOrders.in(OrderStatus.PENDING_PAYMENT);
    order.apply(PENDING, LATER);
    order.apply(new Fact.PaymentCancelled(PAYMENT), LATER);
    order.apply(new Fact.PaymentPending(ANOTHER_PAYMENT, CODE, PAYMENT), LATER);
    assertThat(order.state().payment())
        .isEqualTo(new Payment(ANOTHER_PAYMENT, Payment.Status.PROCESSING, CODE));

    // Repeated and late facts about the first payment.
    order.apply(PENDING, LATER);
    order.apply(new Fact.PaymentCancelled(PAYMENT), LATER);
    order.apply(REFUNDED, LATER);
    assertThat(order.state().payment())
        .isEqualTo(new Payment(ANOTHER_PAYMENT, Payment.Status.PROCESSING, CODE));

    assertThat(described(order.apply(new Fact.PaymentApproved(ANOTHER_PAYMENT, TOTAL), LATER)))
        .isEqualTo("PAID");
    order.apply(REFUNDED, LATER);
    assertThat(order.state().payment())
        .isEqualTo(new Payment(ANOTHER_PAYMENT, Payment.Status.SUCCEEDED));
  }

  @Test
  void a_declined_payment_that_was_not_the_last_try_leaves_the_order_to_be_paid() {
    Order order = SampleOrders.in(OrderStatus.PENDING_PAYMENT);

    assertThat(order.apply(new Fact.PaymentDeclined(PAYMENT, null), LATER)).isEmpty();
    assertThat(order.status()).isEqualTo(OrderStatus.PENDING_PAYMENT);
    assertThat(order.state().payment()).isEqualTo(new Payment(PAYMENT, Payment.Status.FAILED));

    order.apply(new Fact.PaymentPending(ANOTHER_PAYMENT, CODE, PAYMENT), LATER);
    order.apply(new Fact.PaymentDeclined(PAYMENT, null), LATER); // repeated
    assertThat(order.state().payment())
        .isEqualTo(new Payment(ANOTHER_PAYMENT, Payment.Status.PROCESSING, CODE));
    order.apply(new Fact.PaymentApproved(ANOTHER_PAYMENT, TOTAL), LATER);
    assertThat(order.status()).isEqualTo(OrderStatus.PAID);
  }

  @Test
  void each_declined_try_takes_the_place_of_the_one_before() {
    Order order = SampleOrders.in(OrderStatus.PENDING_PAYMENT);
    order.apply(new Fact.PaymentDeclined(PAYMENT, null), LATER);
    order.apply(new Fact.PaymentDeclined(ANOTHER_PAYMENT, PAYMENT), LATER);

    assertThat(order.state().payment())
        .isEqualTo(new Payment(ANOTHER_PAYMENT, Payment.Status.FAILED));
    order.apply(new Fact.PaymentFailed(new UUID(9, 9)), LATER);
    assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
  }

  @Test
  void a_replacement_that_is_paid_at_once_pays_the_order() {
    Order order = SampleOrders.in(OrderStatus.PENDING_PAYMENT);
    order.apply(PENDING, LATER);
    order.apply(new Fact.PaymentCancelled(PAYMENT), LATER);
    order.apply(REFUNDED, LATER); // taken too late, and given back
    assertThat(described(order.apply(new Fact.PaymentApproved(ANOTHER_PAYMENT, TOTAL), LATER)))
        .isEqualTo("PAID");
  }

  @Test
  void a_payment_that_comes_before_the_stock_waits_for_it() {
    Order order = SampleOrders.in(OrderStatus.PENDING);
    assertThat(order.apply(APPROVED, LATER)).isEmpty();
    assertThat(described(order.apply(RESERVED, LATER))).isEqualTo("PENDING_PAYMENT PAID");
  }

  @Test
  void stock_confirmed_by_hand_before_the_money_is_remembered() {
    Order order = SampleOrders.in(OrderStatus.PENDING_PAYMENT);
    assertThat(order.apply(CONFIRMED, LATER)).isEmpty();
    assertThat(described(order.apply(APPROVED, LATER))).isEqualTo("PAID CONFIRMED");
  }

  @Test
  void an_order_knows_what_it_waits_for_and_is_not_late_while_it_waits() {
    var two = new AwaitedUnits(new UUID(7, 1), 2, LATER);
    var one = new AwaitedUnits(new UUID(7, 2), 1, null);
    Instant waitsUntil = LATER.plus(Duration.ofDays(180));
    Deadlines deadlines = Deadlines.of(Duration.ofMinutes(10));
    Order order = SampleOrders.in(OrderStatus.PENDING);

    order.apply(new Fact.StockReserved(RESERVATION, EXPIRY, List.of(), List.of(two, one)), LATER);
    order.apply(APPROVED, LATER);
    order.apply(new Fact.StockExtended(RESERVATION, waitsUntil), LATER);

    assertThat(order.status()).isEqualTo(OrderStatus.PAID);
    assertThat(order.state().waitsUntil()).isEqualTo(waitsUntil);
    assertThat(order.failIfLate(deadlines, waitsUntil.plusSeconds(599))).isEmpty();

    order.apply(new Fact.StockAllocated(RESERVATION, List.of(), List.of(one)), LATER);
    assertThat(order.state().reservation())
        .isEqualTo(
            new Reservation(
                RESERVATION, Reservation.Status.RESERVED, waitsUntil, List.of(), List.of(one)));

    order.apply(new Fact.StockAllocated(RESERVATION, List.of(), List.of()), LATER);
    assertThat(order.state().waitsUntil()).isNull();
    assertThat(described(order.apply(CONFIRMED, LATER))).isEqualTo("CONFIRMED");
  }

  @Test
  void an_order_whose_stock_never_came_is_late_after_its_wait() {
    Order order = SampleOrders.in(OrderStatus.PENDING);
    order.apply(
        new Fact.StockReserved(
            RESERVATION, EXPIRY, List.of(), List.of(new AwaitedUnits(new UUID(7, 1), 2, null))),
        LATER);
    order.apply(APPROVED, LATER);

    assertThat(order.failIfLate(Deadlines.of(Duration.ofMinutes(10)), EXPIRY.plusSeconds(600)))
        .isPresent();
  }

  @Test
  void an_order_knows_to_the_end_which_locations_hold_its_goods() {
    List<HeldUnits> held =
        List.of(
            new HeldUnits(new UUID(7, 1), "NORTH", 2), new HeldUnits(new UUID(7, 2), "MAIN", 1));
    Order order = SampleOrders.in(OrderStatus.PENDING);
    order.apply(new Fact.StockReserved(RESERVATION, EXPIRY, held), LATER);
    order.apply(CONFIRMED, LATER);

    assertThat(described(order.apply(APPROVED, LATER))).isEqualTo("PAID CONFIRMED");

    assertThat(order.state().reservation())
        .isEqualTo(new Reservation(RESERVATION, Reservation.Status.CONFIRMED, EXPIRY, held));
  }

  @Test
  void a_renewed_reservation_takes_the_place_of_the_expired_one() {
    Order order = SampleOrders.in(OrderStatus.PAID);
    assertThat(order.apply(EXPIRED, LATER)).isEmpty();
    UUID renewed = UUID.randomUUID();
    assertThat(described(order.apply(new Fact.StockConfirmed(renewed, List.of()), LATER)))
        .isEqualTo("CONFIRMED");
    assertThat(order.state().reservation())
        .isEqualTo(new Reservation(renewed, Reservation.Status.CONFIRMED, null, List.of()));
  }

  @Test
  void a_payment_of_another_amount_contradicts_an_order_that_waits_for_it() {
    var tooLittle = new Fact.PaymentApproved(PAYMENT, Money.of("29.99", "BRL"));
    assertThat(SampleOrders.in(OrderStatus.PENDING_PAYMENT).contradiction(tooLittle))
        .hasValueSatisfying(why -> assertThat(why).contains("29.99 BRL", "30.00 BRL"));
    assertThat(SampleOrders.in(OrderStatus.PENDING_PAYMENT).contradiction(APPROVED)).isEmpty();
    assertThat(SampleOrders.in(OrderStatus.CANCELLED).contradiction(tooLittle)).isEmpty();
  }

  @Test
  void an_order_fails_when_its_own_states_deadline_has_passed_and_not_before() {
    var deadlines =
        new Deadlines(
            Duration.ofDays(7),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3));
    Map<OrderStatus, Duration> limits =
        Map.of(
            OrderStatus.PENDING, deadlines.pending(),
            OrderStatus.PENDING_PAYMENT, deadlines.pendingPayment(),
            OrderStatus.PAID, deadlines.paid());
    for (OrderStatus status : OrderStatus.values()) {
      Duration limit = limits.get(status);
      if (limit == null) {
        assertThat(SampleOrders.in(status).failIfLate(deadlines, NOON.plus(Duration.ofDays(999))))
            .as("%s", status)
            .isEmpty();
      } else {
        assertThat(SampleOrders.in(status).failIfLate(deadlines, NOON.plus(limit).minusMillis(1)))
            .isEmpty();
        assertThat(SampleOrders.in(status).failIfLate(deadlines, NOON.plus(limit)))
            .contains(new Step(status, OrderStatus.FAILED, CancellationReason.DEADLINE_EXCEEDED));
      }
    }
  }

  @Test
  void the_shortest_deadline_is_that_of_any_state() {
    Duration minute = Duration.ofMinutes(1);
    Duration hour = Duration.ofHours(1);
    assertThat(new Deadlines(minute, hour, hour.plus(minute), hour.plus(hour)).shortest())
        .isEqualTo(hour);
    assertThat(new Deadlines(minute, hour.plus(hour), hour, hour.plus(minute)).shortest())
        .isEqualTo(hour);
    assertThat(new Deadlines(minute, hour.plus(hour), hour.plus(minute), hour).shortest())
        .isEqualTo(hour);
  }

  @Test
  void a_draft_expires_and_nothing_else_does() {
    var deadlines = Deadlines.of(Duration.ofHours(1));
    Instant hourLater = NOON.plusSeconds(3_600);
    assertThat(deadlines.isExpired(OrderStatus.DRAFT, NOON, hourLater)).isTrue();
    assertThat(deadlines.isExpired(OrderStatus.DRAFT, NOON, hourLater.minusMillis(1))).isFalse();
    assertThat(deadlines.isExpired(OrderStatus.PENDING, NOON, hourLater)).isFalse();
  }

  @Test
  void only_a_draft_can_be_revised() {
    Money total = Money.of("5.00", "BRL");
    Order draft = SampleOrders.in(OrderStatus.DRAFT);
    assertThat(draft.revise(total, null, "Rua 1", LATER)).isTrue();
    assertThat(draft.state().total()).isEqualTo(total);
    assertThat(draft.state().shippingAddress()).isEqualTo("Rua 1");
    assertThat(draft.state().version()).isEqualTo(2);

    Order order = SampleOrders.in(OrderStatus.PENDING);
    assertThat(order.revise(total, null, "Rua 1", LATER)).isFalse();
    assertThat(order.changed()).isFalse();
  }

  @Test
  void a_released_reservation_is_on_record_with_how_it_ended() {
    Order expired = SampleOrders.in(OrderStatus.PENDING_PAYMENT);
    expired.apply(EXPIRED, LATER);
    assertThat(expired.state().reservation())
        .isEqualTo(new Reservation(RESERVATION, Reservation.Status.EXPIRED, EXPIRY, List.of()));

    Order released = SampleOrders.in(OrderStatus.PENDING_PAYMENT);
    released.apply(BY_HAND, LATER);
    assertThat(released.state().reservation())
        .isEqualTo(new Reservation(RESERVATION, Reservation.Status.RELEASED, EXPIRY, List.of()));
  }

  @Test
  void an_extended_reservation_ends_later_and_never_earlier() {
    Fact extended = new Fact.StockExtended(RESERVATION, EXPIRY.plusSeconds(600));
    Order order = SampleOrders.in(OrderStatus.PENDING_PAYMENT);
    assertThat(order.apply(extended, LATER)).isEmpty();
    assertThat(order.apply(new Fact.StockExtended(RESERVATION, EXPIRY), LATER)).isEmpty();
    assertThat(order.apply(new Fact.StockExtended(PAYMENT, EXPIRY.plusSeconds(900)), LATER))
        .isEmpty();
    assertThat(order.state().reservation())
        .isEqualTo(
            new Reservation(
                RESERVATION, Reservation.Status.RESERVED, EXPIRY.plusSeconds(600), List.of()));

    Order expired = SampleOrders.in(OrderStatus.PENDING_PAYMENT);
    expired.apply(EXPIRED, LATER);
    expired.apply(extended, LATER);
    assertThat(expired.state().reservation())
        .isEqualTo(new Reservation(RESERVATION, Reservation.Status.EXPIRED, EXPIRY, List.of()));
  }

  @Test
  void a_failed_payment_is_on_record() {
    Order order = SampleOrders.in(OrderStatus.PENDING_PAYMENT);
    order.apply(DECLINED, LATER);
    assertThat(order.state().payment()).isEqualTo(new Payment(PAYMENT, Payment.Status.FAILED));
  }

  @Test
  void stock_that_was_released_before_its_reservation_is_reported_is_not_held() {
    Order order = SampleOrders.in(OrderStatus.PENDING);
    assertThat(order.apply(GIVEN_BACK, LATER)).isEmpty();
    assertThat(order.apply(RESERVED, LATER)).isEmpty();
    assertThat(order.status()).isEqualTo(OrderStatus.PENDING);
    assertThat(order.state().reservation())
        .isEqualTo(new Reservation(RESERVATION, Reservation.Status.RELEASED, EXPIRY, List.of()));
  }

  @Test
  void stock_that_was_confirmed_before_its_reservation_is_reported_is_held() {
    Order order = SampleOrders.in(OrderStatus.PENDING);
    assertThat(order.apply(CONFIRMED, LATER)).isEmpty();
    assertThat(described(order.apply(RESERVED, LATER))).isEqualTo("PENDING_PAYMENT");
    assertThat(order.state().reservation())
        .isEqualTo(new Reservation(RESERVATION, Reservation.Status.CONFIRMED, EXPIRY, List.of()));
  }

  @Test
  void a_reservation_of_another_id_changes_nothing() {
    Order order = SampleOrders.in(OrderStatus.PENDING);
    order.apply(CONFIRMED, LATER);
    assertThat(order.apply(new Fact.StockReserved(UUID.randomUUID(), EXPIRY, List.of()), LATER))
        .isEmpty();
    assertThat(order.status()).isEqualTo(OrderStatus.PENDING);
    assertThat(order.state().reservation())
        .isEqualTo(new Reservation(RESERVATION, Reservation.Status.CONFIRMED, null, List.of()));
  }

  @Test
  void money_was_captured_from_succeeded_on() {
    assertThat(Payment.Status.values())
        .filteredOn(Payment.Status::wasCaptured)
        .containsExactly(
            Payment.Status.SUCCEEDED, Payment.Status.PARTIALLY_REFUNDED, Payment.Status.REFUNDED);
  }

  @Test
  void a_payment_is_due_before_its_reservation_expires() {
    assertThat(CODE.notAfter(null)).isEqualTo(CODE);
    assertThat(CODE.notAfter(EXPIRY)).isEqualTo(CODE);
    assertThat(CODE.notAfter(EXPIRY.minusSeconds(1)).dueAt()).isEqualTo(EXPIRY.minusSeconds(1));
    assertThat(CODE.notAfter(EXPIRY.plusSeconds(1))).isEqualTo(CODE);
    assertThat(new Payment.Instructions(PaymentMethod.PIX, null, null).notAfter(EXPIRY).dueAt())
        .isEqualTo(EXPIRY);
    assertThat(new Payment.Instructions(PaymentMethod.PIX, null, null).notAfter(null).dueAt())
        .isNull();
  }

  @Test
  void a_reason_is_known_by_its_name_on_the_wire() {
    for (CancellationReason reason : CancellationReason.values()) {
      assertThat(CancellationReason.ofWire(reason.wire())).contains(reason);
    }
    assertThat(CancellationReason.ofWire("whim")).isEmpty();
  }

  private static String described(List<Step> steps) {
    return String.join(
        " ",
        steps.stream()
            .map(step -> {
              CancellationReason reason = step.reason();
              return reason == null
                  ? step.to().name()
                  : "%s(%s)".formatted(step.to(), reason.wire());
            })
            .toList());
  }
}
