package dev.reserva.sales.domain;

import static dev.reserva.sales.domain.SampleOrders.EXPIRY;
import static dev.reserva.sales.domain.SampleOrders.LATER;
import static dev.reserva.sales.domain.SampleOrders.PAYMENT;
import static dev.reserva.sales.domain.SampleOrders.RESERVATION;
import static dev.reserva.sales.domain.SampleOrders.TOTAL;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** For every sequence of facts and commands, an order moves only along its edges and settles. */
class OrderPropertiesTest {

  private static final UUID ANOTHER = new UUID(0x0195000000007000L, 9);

  private static final Payment.Instructions CODE =
      new Payment.Instructions(PaymentMethod.PIX, "000201", EXPIRY);

  private static final UUID SHIPMENT = new UUID(9, 1);
  private static final UUID FURTHER = new UUID(9, 2);
  private static final List<Fact> FACTS =
      List.of(
          new Fact.StockReserved(RESERVATION, EXPIRY, List.of()),
          new Fact.StockExtended(RESERVATION, EXPIRY.plusSeconds(600)),
          new Fact.StockInsufficient(false),
          new Fact.StockInsufficient(true),
          new Fact.StockConfirmed(RESERVATION, List.of()),
          new Fact.StockConfirmed(ANOTHER, List.of()),
          new Fact.StockReleased(RESERVATION, Fact.Release.EXPIRED),
          new Fact.StockReleased(RESERVATION, Fact.Release.MANUAL),
          new Fact.StockReleased(RESERVATION, Fact.Release.CANCELLED),
          new Fact.StockConfirmationFailed(),
          new Fact.PaymentApproved(PAYMENT, TOTAL),
          new Fact.PaymentFailed(PAYMENT),
          new Fact.PaymentRefunded(PAYMENT, false),
          new Fact.PaymentRefunded(PAYMENT, true),
          new Fact.PaymentPending(PAYMENT, CODE, null),
          new Fact.PaymentCancelled(PAYMENT),
          new Fact.PaymentPending(ANOTHER, CODE, PAYMENT),
          new Fact.PaymentCancelled(ANOTHER),
          new Fact.PaymentApproved(ANOTHER, TOTAL),
          new Fact.PaymentDeclined(PAYMENT, null),
          new Fact.PaymentDeclined(ANOTHER, PAYMENT),
          new Fact.ShipmentMoved(SHIPMENT, Shipment.Status.PREPARING, 3, 1, 1),
          new Fact.ShipmentMoved(SHIPMENT, Shipment.Status.DISPATCHED, 1, 2, 2),
          new Fact.ShipmentMoved(FURTHER, Shipment.Status.PREPARING, 1, 2, 3),
          new Fact.ShipmentMoved(FURTHER, Shipment.Status.DISPATCHED, 0, 2, 4),
          new Fact.ShipmentMoved(SHIPMENT, Shipment.Status.DELIVERED, 0, 1, 5),
          new Fact.ShipmentMoved(FURTHER, Shipment.Status.DELIVERED, 0, 0, 6),
          new Fact.ShipmentMoved(FURTHER, Shipment.Status.RETURNED, 0, 0, 7));

  /** Of an order that leaves in two parts. */
  private static final List<Fact> SHIPPING = FACTS.subList(FACTS.size() - 7, FACTS.size() - 1);

  /** Possible histories of an order: facts in the order in which they can happen. */
  private static final List<List<Fact>> HISTORIES =
      List.of(
          List.of(FACTS.get(0), FACTS.get(9), FACTS.get(3)),
          List.of(FACTS.get(0), FACTS.get(9), FACTS.get(5), FACTS.get(4)),
          List.of(FACTS.get(0), FACTS.get(9), FACTS.get(5), FACTS.get(8), FACTS.get(12)),
          List.of(FACTS.get(0), FACTS.get(10), FACTS.get(7)),
          List.of(FACTS.get(0), FACTS.get(5), FACTS.get(9), FACTS.get(12)),
          List.of(FACTS.get(0), FACTS.get(3), FACTS.get(9)),
          List.of(FACTS.get(0), FACTS.get(13), FACTS.get(9), FACTS.get(3)),
          List.of(FACTS.get(0), FACTS.get(13), FACTS.get(5), FACTS.get(14)),
          List.of(FACTS.get(0), FACTS.get(13), FACTS.get(14), FACTS.get(15), FACTS.get(17)),
          List.of(FACTS.get(0), FACTS.get(13), FACTS.get(14), FACTS.get(17), FACTS.get(12)),
          Stream.concat(Stream.of(FACTS.get(0), FACTS.get(9), FACTS.get(3)), SHIPPING.stream())
              .toList(),
          List.of(FACTS.get(1)),
          List.of(FACTS.get(2)));

  interface Happening {
    List<Step> to(Order order);
  }

  @Provide
  Arbitrary<List<Happening>> happenings() {
    Arbitrary<Happening> facts =
        Arbitraries.of(FACTS).map(fact -> order -> order.apply(fact, LATER));
    Arbitrary<Happening> commands =
        Arbitraries.of(
            order -> granted(order.submit(SampleOrders.TOTAL, LATER)),
            order -> granted(order.ship(LATER)),
            order -> granted(order.deliver(LATER)),
            order -> granted(order.complete(LATER)),
            order -> granted(order.cancel(CancellationReason.CUSTOMER_REQUEST, null, LATER)),
            order -> granted(order.cancel(CancellationReason.RETURNED, null, LATER)));
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(8, facts), net.jqwik.api.Tuple.of(1, commands))
        .list()
        .ofMaxSize(40);
  }

  @Property
  void an_order_moves_along_edges_only(
      @ForAll("happenings") List<Happening> happenings, @ForAll OrderStatus beginning) {
    Order order = SampleOrders.in(beginning);
    OrderStatus at = beginning;
    int version = 1;
    for (Happening happening : happenings) {
      for (Step step : happening.to(order)) {
        assertThat(step.from()).isEqualTo(at);
        assertThat(OrderTransitions.isEdge(at, step.to())).as("%s to %s", at, step.to()).isTrue();
        at = step.to();
        version++;
      }
      assertThat(order.status()).isEqualTo(at);
      assertThat(order.state().version()).isEqualTo(version);
    }
  }

  @Property
  void a_confirmed_order_has_a_confirmed_reservation_and_a_captured_payment(
      @ForAll("happenings") List<Happening> happenings) {
    Order order = SampleOrders.in(OrderStatus.PENDING);
    for (Happening happening : happenings) {
      happening.to(order);
      if (order.status().isConfirmedOrLater()) {
        Reservation reservation = requireNonNull(order.state().reservation());
        Payment payment = requireNonNull(order.state().payment());
        assertThat(reservation.status()).isEqualTo(Reservation.Status.CONFIRMED);
        assertThat(payment.status().wasCaptured()).isTrue();
      }
    }
  }

  @Property
  void any_sequence_applied_repeatedly_reaches_a_fixed_point(
      @ForAll("happenings") List<Happening> happenings) {
    Order order = SampleOrders.in(OrderStatus.PENDING);
    for (int round = 0; round < OrderStatus.values().length; round++) {
      happenings.forEach(happening -> happening.to(order));
    }
    Order atRest = Order.of(order.state());
    happenings.forEach(happening -> assertThat(happening.to(atRest)).isEmpty());
    assertThat(atRest.changed()).isFalse();
  }

  @Property
  void a_history_with_repeated_facts_ends_like_the_history(@ForAll Random random) {
    for (List<Fact> history : HISTORIES) {
      Order once = SampleOrders.in(OrderStatus.PENDING);
      history.forEach(fact -> once.apply(fact, LATER));

      Order repeated = SampleOrders.in(OrderStatus.PENDING);
      for (Fact fact : withRepetitions(history, random)) {
        repeated.apply(fact, LATER);
      }
      assertThat(repeated.state()).isEqualTo(once.state());
    }
  }

  /** The history with earlier facts repeated at random places. */
  private static List<Fact> withRepetitions(List<Fact> history, Random random) {
    var result = new ArrayList<Fact>();
    for (int i = 0; i < history.size(); i++) {
      result.add(history.get(i));
      for (int again = random.nextInt(3); again > 0; again--) {
        result.add(history.get(random.nextInt(i + 1)));
      }
    }
    return result;
  }

  private static List<Step> granted(Order.Answer answer) {
    return switch (answer) {
      case Order.Answer.Done done -> List.of(done.step());
      case Order.Answer.Refused ignored -> List.of();
    };
  }
}
