package dev.reserva.financial;

import static dev.reserva.financial.Fixtures.CAUSE;
import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.PRICE;
import static dev.reserva.financial.Fixtures.cancelled;
import static dev.reserva.financial.Fixtures.payable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.FinancialEvent.PaymentRefunded;
import dev.reserva.financial.application.CallPolicy;
import dev.reserva.financial.application.DecideReview;
import dev.reserva.financial.application.DecideReview.Outcome;
import dev.reserva.financial.application.PaymentPolicy;
import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.application.SettlePayment;
import dev.reserva.financial.domain.Backoff;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.Review;
import dev.reserva.financial.domain.ReviewDecision;
import dev.reserva.financial.domain.ReviewKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the provider and the books disagree about is listed, and decided once. */
class ReviewsIT {

  private enum Mood {
    REFUSES,
    PAYS,
    WAITS
  }

  /** Long enough for a call that the test holds up. */
  private static final CallPolicy PATIENT =
      new CallPolicy(
          Duration.ofSeconds(20),
          64,
          Duration.ofSeconds(40),
          new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)),
          50,
          Duration.ofSeconds(20));

  private final FinancialHouse house = new FinancialHouse();
  private final AtomicReference<Mood> mood = new AtomicReference<>(Mood.REFUSES);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);
  private final FinancialHouse.Instance process =
      house.process(
          Moody::new, PaymentPolicy.once(Optional.of(PaymentMethod.CREDIT_CARD)), PATIENT);
  private final UUID order = IDS.next();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void a_refund_that_the_provider_refuses_is_listed_until_it_is_made() {
    Review review = refused();

    assertThat(review.amount()).isEqualTo(PRICE);
    assertThat(review.orderId()).isEqualTo(order);
    assertThat(review.detail()).isEqualTo("the provider refuses: the bank sent it back");
    process.worksUntil(() -> only(true).times() > 1);

    mood.set(Mood.PAYS);
    process.worksUntil(() -> house.isAt(order, PaymentStatus.REFUNDED));

    assertThat(reviews(true)).isEmpty();
    assertThat(only(false).verdict())
        .extracting(verdict -> verdict == null ? "" : verdict.decision() + " " + verdict.by())
        .isEqualTo("RESOLVED financial");
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void money_that_went_back_by_another_way_is_in_the_books_and_shown_as_such() {
    Review review = refused();

    assertThat(decide(review, ReviewDecision.SETTLED_OUTSIDE)).isInstanceOf(Outcome.Decided.class);
    mood.set(Mood.PAYS);
    process.worksFor(Duration.ofMillis(200));

    assertThat(house.isAt(order, PaymentStatus.REFUNDED)).isTrue();
    assertThat(house.givenBack()).as("by the provider").isZero();
    assertThat(house.refunds(house.paymentOf(order).id()))
        .singleElement()
        .matches(refund -> refund.outside() && refund.doneAt() != null);
    assertThat(house.database.published(order)).last().isInstanceOf(PaymentRefunded.class);
    assertThat(house.ledger(order)).contains("refunded 100");
    assertThat(house.violations()).isEmpty();
    assertThat(decide(review, ReviewDecision.RETRY)).isInstanceOf(Outcome.Over.class);
  }

  @Test
  void a_refund_that_is_refused_again_after_its_retry_is_listed_anew() {
    Review review = refused();

    assertThat(decide(review, ReviewDecision.RETRY)).isInstanceOf(Outcome.Decided.class);
    process.worksUntil(() -> !reviews(true).isEmpty());

    assertThat(only(true).id()).isNotEqualTo(review.id());
    assertThat(only(false).id()).isEqualTo(review.id());
  }

  @Test
  void a_refund_that_is_owed_cannot_be_accepted_away() {
    assertThat(decide(refused(), ReviewDecision.ACCEPT)).isInstanceOf(Outcome.Impossible.class);
    assertThat(reviews(true)).hasSize(1);
  }

  @Test
  void money_that_the_provider_gives_after_it_was_settled_outside_is_listed() throws Exception {
    Review review = refused();
    mood.set(Mood.WAITS);
    process.worksUntil(() -> asked.getCount() == 0);

    assertThat(decide(review, ReviewDecision.SETTLED_OUTSIDE)).isInstanceOf(Outcome.Decided.class);
    answer.countDown();
    process.worksUntil(() -> !reviews(true).isEmpty());

    assertThat(only(true).kind()).isEqualTo(ReviewKind.REFUNDED_AGAIN);
    assertThat(house.isAt(order, PaymentStatus.REFUNDED)).isTrue();
    assertThat(house.violations())
        .as("the money is gone twice, which no book can put right")
        .singleElement()
        .asString()
        .contains("the provider has refunded 100");
  }

  @Test
  void persons_who_decide_at_once_decide_once() throws Exception {
    Review review = refused();
    List<Future<Outcome>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 12; i++) {
        ReviewDecision decision =
            i % 3 == 0 ? ReviewDecision.RETRY : ReviewDecision.SETTLED_OUTSIDE;
        answers.add(threads.submit(() -> decide(review, decision)));
      }
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Future<Outcome> each : answers) {
      outcomes.add(each.get());
    }
    mood.set(Mood.PAYS);
    process.worksUntil(() -> house.isAt(order, PaymentStatus.REFUNDED));

    assertThat(outcomes).filteredOn(Outcome.Decided.class::isInstance).hasSize(1);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void money_that_is_reported_by_another_transaction_is_listed() {
    Payment payment = waiting();
    webhook("first", payment.id(), "psp-1");
    webhook("again", payment.id(), "psp-1");
    assertThat(reviews(true)).as("the same transaction").isEmpty();

    webhook("another", payment.id(), "psp-2");

    Review review = only(true);
    assertThat(review.kind()).isEqualTo(ReviewKind.CAPTURED_AGAIN);
    assertThat(review.detail()).isEqualTo("taken by psp-1, and the provider reports psp-2 as well");
    assertThat(decide(review, ReviewDecision.SETTLED_OUTSIDE))
        .isInstanceOf(Outcome.Impossible.class);
    assertThat(decide(review, ReviewDecision.ACCEPT)).isInstanceOf(Outcome.Decided.class);
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void what_an_operator_has_settled_is_confirmed_by_any_transaction() {
    Payment payment = waiting();
    house.transactions.run(tx -> {
      SettlePayment.Outcome _ =
          process.settlePayment.byHand(payment.id(), new Approved("manual"), CAUSE, tx);
    });
    webhook("late", payment.id(), "psp-1");

    assertThat(reviews(true)).isEmpty();
  }

  /** The review of a refund for a dead order, which the provider refuses. */
  private Review refused() {
    process.handles(payable(order, null));
    process.worksUntil(() -> house.isAt(order, PaymentStatus.SUCCEEDED));
    process.handles(cancelled(order));
    process.worksUntil(() -> !reviews(true).isEmpty());
    return only(true);
  }

  private Payment waiting() {
    process.handles(payable(order, "pix", "tok_pending"));
    process.worksUntil(() -> house.paymentOf(order).isWaiting());
    return house.paymentOf(order);
  }

  private void webhook(String id, UUID payment, String transaction) {
    house.transactions.run(tx -> {
      SettlePayment.Received _ =
          process.settlePayment.byWebhook(
              new SettlePayment.Report(id, payment, new Approved(transaction)), CAUSE, tx);
    });
  }

  private Outcome decide(Review review, ReviewDecision decision) {
    return house.transactions.call(tx ->
        process.decideReview.decide(
            new DecideReview.Request(review.id(), decision, "test", "ana"), tx));
  }

  private Review only(boolean open) {
    List<Review> found = reviews(open);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private List<Review> reviews(@Nullable Boolean open) {
    return house.transactions.snapshot(tx -> house.reviews.list(open, null, 10, tx));
  }

  /** Gives money back, or not. */
  private final class Moody extends RelayedProvider {
    Moody(PaymentProvider provider) {
      super(provider);
    }

    @Override
    public Repayment refund(Repay repay) {
      return switch (mood.get()) {
        case REFUSES -> new Refused("the bank sent it back");
        case PAYS -> super.refund(repay);
        case WAITS -> {
          asked.countDown();
          try {
            answer.await();
          } catch (InterruptedException e) {
            throw new Unavailable("interrupted");
          }
          yield super.refund(repay);
        }
      };
    }
  }
}
