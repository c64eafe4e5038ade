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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes in whatever order, an order only ever walks along its edges, and settles. */
class OrderPropertiesTest {

  private static final UUID ANOTHER = new UUID(0x0195000000007000L, 9);

  private static final Payment.Instructions CODE =
      new Payment.Instructions(PaymentMethod.PIX, "000201", EXPIRY);

  private static final List<Fact> FACTS =
      List.of(
          new Fact.StockReserved(RESERVATION, EXPIRY),
          new Fact.StockInsufficient(false),
          new Fact.StockInsufficient(true),
          new Fact.StockConfirmed(RESERVATION),
          new Fact.StockConfirmed(ANOTHER),
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
          new Fact.PaymentApproved(ANOTHER, TOTAL));

  /** What can really happen to an order, told in the order in which it can happen. */
  private static final List<List<Fact>> STORIES =
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
          List.of(FACTS.get(1)),
          List.of(FACTS.get(2)));

  interface Happening {
    List<Step> to(Order order);
  }

  @Provide
  Arbitrary<List<Happening>> happenings() {
    Arbitrary<Happening> facts =
        Arbitraries.of(FACTS).map(fact -> order -> order.hear(fact, LATER));
    Arbitrary<Happening> wishes =
        Arbitraries.of(
            order -> granted(order.submit(SampleOrders.TOTAL, LATER)),
            order -> granted(order.ship(LATER)),
            order -> granted(order.deliver(LATER)),
            order -> granted(order.complete(LATER)),
            order -> granted(order.cancel(CancellationReason.CUSTOMER_REQUEST, null, LATER)),
            order -> granted(order.cancel(CancellationReason.RETURNED, null, LATER)));
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(8, facts), net.jqwik.api.Tuple.of(1, wishes))
        .list()
        .ofMaxSize(40);
  }

  @Property
  void an_order_walks_along_edges_only(
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
  void what_is_confirmed_is_held_for_good_and_paid(
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
  void any_sequence_heard_again_and_again_comes_to_rest(
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
  void a_true_story_with_repetitions_ends_like_the_story(@ForAll Random random) {
    for (List<Fact> story : STORIES) {
      Order told = SampleOrders.in(OrderStatus.PENDING);
      story.forEach(fact -> told.hear(fact, LATER));

      Order stuttered = SampleOrders.in(OrderStatus.PENDING);
      for (Fact fact : stuttering(story, random)) {
        stuttered.hear(fact, LATER);
      }
      assertThat(stuttered.state()).isEqualTo(told.state());
    }
  }

  /** The story, with facts already told put in again anywhere later. */
  private static List<Fact> stuttering(List<Fact> story, Random random) {
    var told = new ArrayList<Fact>();
    for (int i = 0; i < story.size(); i++) {
      told.add(story.get(i));
      for (int again = random.nextInt(3); again > 0; again--) {
        told.add(story.get(random.nextInt(i + 1)));
      }
    }
    return told;
  }

  private static List<Step> granted(Order.Answer answer) {
    return switch (answer) {
      case Order.Answer.Done done -> List.of(done.step());
      case Order.Answer.Refused ignored -> List.of();
    };
  }
}
