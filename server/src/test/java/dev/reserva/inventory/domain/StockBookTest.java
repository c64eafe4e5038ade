package dev.reserva.inventory.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StockBookTest {

  private static final Duration WAIT = Duration.ofDays(30);
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final TimeToLive QUARTER_HOUR = new TimeToLive(900);
  private static final Instant IN_TIME = NOW.plusSeconds(899);
  private static final Instant TOO_LATE = NOW.plusSeconds(900);

  private final UUID mouse = UUID.randomUUID();
  private final UUID keyboard = UUID.randomUUID();
  private final UUID order = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();

  @Test
  void an_order_reserves_all_of_its_lines() {
    var book = book(level(mouse, 5, 0), level(keyboard, 5, 0));

    var outcome =
        book.reserve(
            order, basket(mouse, 2, keyboard, 5), AllocationStrategy.PRIORITY, QUARTER_HOUR, NOW);

    assertThat(outcome).isInstanceOf(ReserveOutcome.Reserved.class);
    assertThat(book.changes().levels())
        .containsExactlyInAnyOrder(level(mouse, 5, 2), level(keyboard, 5, 5));
    assertThat(book.changes().ledger()).hasSize(2).allMatch(it -> it.kind() == LedgerKind.RESERVED);
    assertThat(book.changes().opened())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.status()).isEqualTo(ReservationStatus.RESERVED);
          assertThat(it.expiresAt()).isEqualTo(NOW.plusSeconds(900));
        });
  }

  @Test
  void an_order_that_is_short_of_one_line_reserves_none() {
    var book = book(level(mouse, 5, 0), level(keyboard, 4, 1));
    UUID unknown = UUID.randomUUID();

    assertThat(
            book.reserve(
                order,
                basket(mouse, 2, keyboard, 4),
                AllocationStrategy.PRIORITY,
                QUARTER_HOUR,
                NOW))
        .isEqualTo(
            new ReserveOutcome.FellShort(
                List.of(new Shortage(keyboard, 4, 3)), List.of(), List.of()));
    assertThat(
            book.reserve(
                order,
                basket(mouse, 2, unknown, 1),
                AllocationStrategy.PRIORITY,
                QUARTER_HOUR,
                NOW))
        .isEqualTo(new ReserveOutcome.FellShort(List.of(), List.of(unknown), List.of()));
    assertThat(book.changes()).isEqualTo(nothing());
  }

  @Test
  void a_discontinued_product_is_inactive_and_never_short() {
    var book = book(new ProductStock(mouse, "MOUSE", 0, false, List.of(level(mouse, 10, 0))));

    assertThat(
            book.reserve(order, basket(mouse, 11), AllocationStrategy.PRIORITY, QUARTER_HOUR, NOW))
        .isEqualTo(new ReserveOutcome.FellShort(List.of(), List.of(), List.of(mouse)));
  }

  @Test
  void the_last_unit_goes_to_exactly_one_of_two_orders() {
    var book = book(level(mouse, 1, 0));

    assertThat(
            book.reserve(order, basket(mouse, 1), AllocationStrategy.PRIORITY, QUARTER_HOUR, NOW))
        .isInstanceOf(ReserveOutcome.Reserved.class);
    assertThat(
            book.reserve(other, basket(mouse, 1), AllocationStrategy.PRIORITY, QUARTER_HOUR, NOW))
        .isInstanceOf(ReserveOutcome.FellShort.class);
  }

  @Test
  void an_order_that_is_submitted_again_changes_nothing() {
    var book = book(level(mouse, 5, 0));
    book.reserve(order, basket(mouse, 2), AllocationStrategy.PRIORITY, QUARTER_HOUR, NOW);
    var once = book.changes();

    assertThat(
            book.reserve(order, basket(mouse, 2), AllocationStrategy.PRIORITY, QUARTER_HOUR, NOW))
        .isInstanceOf(ReserveOutcome.AlreadyKnown.class);
    assertThat(book.changes()).isEqualTo(once);
  }

  @Test
  void a_payment_in_time_takes_the_stock_for_good_and_once() {
    var book = reservedBook(5, 2);

    assertThat(book.pay(order, WAIT, IN_TIME)).isInstanceOf(ConfirmOutcome.Confirmed.class);
    assertThat(book.pay(order, WAIT, IN_TIME)).isEqualTo(new ConfirmOutcome.AlreadySettled());
    assertThat(book.changes().levels()).containsExactly(level(mouse, 3, 0));
  }

  @Test
  void a_payment_that_comes_too_late_renews_the_reservation_on_record() {
    var book = reservedBook(5, 2);

    var confirmed = (ConfirmOutcome.Confirmed) book.pay(order, WAIT, TOO_LATE);

    assertThat(confirmed.reservation().renewals()).isEqualTo(1);
    assertThat(kinds(book))
        .containsExactly(
            LedgerKind.RESERVED, LedgerKind.EXPIRED, LedgerKind.RESERVED, LedgerKind.CONFIRMED);
    assertThat(book.changes().levels()).containsExactly(level(mouse, 3, 0));
  }

  @Test
  void a_renewal_may_take_the_last_units_and_depletes_nothing_anew() {
    var book = reservedBook(2, 2);

    assertThat(book.pay(order, WAIT, TOO_LATE))
        .isInstanceOfSatisfying(
            ConfirmOutcome.Confirmed.class,
            confirmed -> {
              assertThat(confirmed.crossings()).isEmpty();
              assertThat(confirmed.reservation().isTombstone()).isFalse();
            });
    assertThat(book.changes().levels()).containsExactly(level(mouse, 0, 0));
  }

  @Test
  void a_payment_for_stock_that_went_to_somebody_else_fails_once() {
    var book = reservedBook(2, 2);
    book.expire(order, TOO_LATE);
    book.reserve(other, basket(mouse, 1), AllocationStrategy.PRIORITY, QUARTER_HOUR, TOO_LATE);

    assertThat(book.pay(order, WAIT, TOO_LATE))
        .isEqualTo(new ConfirmOutcome.Failed(List.of(new Shortage(mouse, 2, 1))));
    book.release(other, TOO_LATE);
    assertThat(book.pay(order, WAIT, TOO_LATE)).isEqualTo(new ConfirmOutcome.AlreadySettled());
    assertThat(book.changes().levels()).isEmpty();
  }

  @Test
  void a_payment_for_an_order_that_was_never_reserved_fails_and_closes_it() {
    var book = book(level(mouse, 2, 0));

    assertThat(book.pay(order, WAIT, NOW)).isEqualTo(new ConfirmOutcome.Failed(List.of()));
    assertThat(book.pay(order, WAIT, NOW)).isEqualTo(new ConfirmOutcome.AlreadySettled());
    assertThat(
            book.reserve(order, basket(mouse, 1), AllocationStrategy.PRIORITY, QUARTER_HOUR, NOW))
        .isInstanceOf(ReserveOutcome.AlreadyKnown.class);
  }

  @Test
  void a_payment_after_a_confirmation_by_hand_is_answered_once() {
    var book = reservedBook(5, 2);
    book.confirm(order, IN_TIME);

    assertThat(book.pay(order, WAIT, IN_TIME)).isInstanceOf(ConfirmOutcome.Confirmed.class);
    assertThat(book.pay(order, WAIT, IN_TIME)).isEqualTo(new ConfirmOutcome.AlreadySettled());
    assertThat(book.changes().levels()).containsExactly(level(mouse, 3, 0));
  }

  @Test
  void a_cancelled_order_gives_its_stock_back_once() {
    var book = reservedBook(5, 2);

    assertThat(book.cancel(order, IN_TIME))
        .isInstanceOfSatisfying(
            CancelOutcome.GivenBack.class,
            back -> assertThat(back.reservation().status()).isEqualTo(ReservationStatus.RELEASED));
    assertThat(book.cancel(order, IN_TIME)).isEqualTo(new CancelOutcome.NothingHeld());
    assertThat(book.pay(order, WAIT, IN_TIME)).isEqualTo(new ConfirmOutcome.AlreadySettled());
    assertThat(book.changes().levels()).isEmpty();
  }

  @Test
  void a_cancellation_after_the_time_is_over_finds_the_reservation_expired() {
    assertThat(reservedBook(5, 2).cancel(order, TOO_LATE))
        .isInstanceOfSatisfying(
            CancelOutcome.GivenBack.class,
            back -> assertThat(back.reservation().status()).isEqualTo(ReservationStatus.EXPIRED));
  }

  @Test
  void the_goods_of_a_cancelled_order_come_back_into_stock_once() {
    var book = reservedBook(5, 2);
    book.pay(order, WAIT, IN_TIME);

    assertThat(book.cancel(order, TOO_LATE))
        .isInstanceOfSatisfying(
            CancelOutcome.Returned.class,
            returned -> {
              assertThat(returned.levels()).containsExactly(level(mouse, 5, 0));
              assertThat(returned.reservation().status()).isEqualTo(ReservationStatus.CONFIRMED);
              assertThat(returned.reservation().returnedAt()).isEqualTo(TOO_LATE);
            });
    assertThat(book.cancel(order, TOO_LATE)).isEqualTo(new CancelOutcome.NothingHeld());
    assertThat(book.changes().levels()).isEmpty();
  }

  @Test
  void a_cancellation_that_overtakes_its_creation_leaves_a_tombstone() {
    var book = book(level(mouse, 5, 0));

    assertThat(book.cancel(order, NOW)).isEqualTo(new CancelOutcome.NothingHeld());
    assertThat(
            book.reserve(order, basket(mouse, 1), AllocationStrategy.PRIORITY, QUARTER_HOUR, NOW))
        .isInstanceOfSatisfying(
            ReserveOutcome.AlreadyKnown.class,
            known -> assertThat(known.reservation().isTombstone()).isTrue());
    assertThat(book.changes().levels()).isEmpty();
  }

  @Test
  void by_hand_the_first_resolution_wins_and_the_same_again_is_no_error() {
    var confirmed = reservedBook(5, 2);
    assertThat(confirmed.confirm(order, IN_TIME)).isInstanceOf(ResolveOutcome.Ended.class);
    assertThat(confirmed.confirm(order, IN_TIME)).isInstanceOf(ResolveOutcome.EndedBefore.class);
    assertEndedAs(ReservationStatus.CONFIRMED, confirmed.release(order, IN_TIME));
    assertEndedAs(ReservationStatus.CONFIRMED, confirmed.expire(order, TOO_LATE));

    var released = reservedBook(5, 2);
    assertThat(released.release(order, IN_TIME)).isInstanceOf(ResolveOutcome.Ended.class);
    assertThat(released.release(order, IN_TIME)).isInstanceOf(ResolveOutcome.EndedBefore.class);
    assertEndedAs(ReservationStatus.RELEASED, released.confirm(order, IN_TIME));
    assertEndedAs(ReservationStatus.RELEASED, released.expire(order, TOO_LATE));
  }

  @Test
  void by_hand_nothing_can_be_confirmed_or_released_once_its_time_is_over() {
    var book = reservedBook(5, 2);
    var before = book.changes();

    assertEndedAs(ReservationStatus.EXPIRED, book.confirm(order, TOO_LATE));
    assertEndedAs(ReservationStatus.EXPIRED, book.release(order, TOO_LATE));
    assertThat(book.changes()).isEqualTo(before);
    assertThat(book.expire(order, IN_TIME)).isInstanceOf(ResolveOutcome.EndedOtherwise.class);
    assertThat(book.expire(order, TOO_LATE)).isInstanceOf(ResolveOutcome.Ended.class);
    assertThat(book.expire(order, TOO_LATE)).isInstanceOf(ResolveOutcome.EndedBefore.class);
  }

  @Test
  void each_crossing_of_a_stock_threshold_is_published_once() {
    var book = book(low(5, 0));

    assertThat(crossings(book, 2)).isEmpty();
    assertThat(crossings(book, 1)).containsExactly(new ThresholdCrossing.RanLow(low(5, 3)));
    assertThat(crossings(book, 1)).isEmpty();
    assertThat(crossings(book, 1)).containsExactly(new ThresholdCrossing.Depleted(low(5, 5)));

    assertThat(book.byHand().receive(mouse, LocationCode.MAIN, new Quantity(3), null))
        .isInstanceOf(AdjustOutcome.Adjusted.class);
    assertThat(crossings(book, 3))
        .containsExactly(
            new ThresholdCrossing.RanLow(low(8, 8)), new ThresholdCrossing.Depleted(low(8, 8)));
  }

  @Test
  void counted_stock_may_not_be_less_than_what_is_reserved() {
    var book = reservedBook(5, 2);

    assertThat(book.byHand().count(mouse, LocationCode.MAIN, new PhysicalStock(1), null))
        .isEqualTo(new AdjustOutcome.BelowReserved(level(mouse, 5, 2), 1));
    assertThat(book.byHand().count(mouse, LocationCode.MAIN, new PhysicalStock(5), null))
        .isEqualTo(new AdjustOutcome.Unchanged(level(mouse, 5, 2)));
    assertThat(
            book.byHand()
                .count(
                    mouse,
                    LocationCode.MAIN,
                    new PhysicalStock(2),
                    new ByHand("ana", new Reason("counted"))))
        .isEqualTo(
            new AdjustOutcome.Adjusted(
                level(mouse, 2, 2),
                LedgerKind.ADJUSTED,
                -3,
                List.of(
                    new ThresholdCrossing.RanLow(stock(level(mouse, 2, 2))),
                    new ThresholdCrossing.Depleted(stock(level(mouse, 2, 2))))));
  }

  @Test
  void more_than_can_be_counted_is_refused() {
    var book = book(level(mouse, Integer.MAX_VALUE - 1, 0));

    assertThat(book.byHand().receive(mouse, LocationCode.MAIN, new Quantity(2), null))
        .isInstanceOf(AdjustOutcome.TooMuch.class);
    assertThat(book.byHand().receive(mouse, LocationCode.MAIN, new Quantity(1), null))
        .isInstanceOf(AdjustOutcome.Adjusted.class);
    assertThat(book.byHand().receive(keyboard, LocationCode.MAIN, new Quantity(1), null))
        .isEqualTo(new AdjustOutcome.UnknownProduct(keyboard));
    assertThatThrownBy(
            () -> Basket.of(List.of(new Line(mouse, Integer.MAX_VALUE), new Line(mouse, 1))))
        .hasMessageContaining("at most 2147483647 in sum, was 2147483648");
  }

  @Test
  void a_basket_names_each_product_once() {
    assertThat(Basket.of(List.of(new Line(mouse, 1), new Line(keyboard, 1), new Line(mouse, 2))))
        .isEqualTo(basket(mouse, 3, keyboard, 1));
    assertThatThrownBy(() -> Basket.of(List.of())).hasMessage("lines must be 1 or more, were 0");
    assertThatThrownBy(() -> new Line(mouse, 0)).hasMessage("quantity must be 1 or more, was 0");
  }

  private List<ThresholdCrossing> crossings(StockBook book, int quantity) {
    var outcome =
        book.reserve(
            UUID.randomUUID(),
            basket(mouse, quantity),
            AllocationStrategy.PRIORITY,
            QUARTER_HOUR,
            NOW);
    return ((ReserveOutcome.Reserved) outcome).crossings();
  }

  private ProductStock low(int physical, int reserved) {
    return new ProductStock(mouse, "MOUSE", 2, true, List.of(level(mouse, physical, reserved)));
  }

  private static void assertEndedAs(ReservationStatus how, ResolveOutcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ResolveOutcome.EndedOtherwise.class, it -> assertThat(it.how()).isEqualTo(how));
  }

  /** A book in which the order has reserved some mice. */
  private StockBook reservedBook(int physical, int reserved) {
    var book = book(level(mouse, physical, 0));
    book.reserve(order, basket(mouse, reserved), AllocationStrategy.PRIORITY, QUARTER_HOUR, NOW);
    return book;
  }

  private static StockBook book(StockLevel... levels) {
    return book(Arrays.stream(levels).map(StockBookTest::stock).toArray(ProductStock[]::new));
  }

  private static StockBook book(ProductStock... stock) {
    return new StockBook(List.of(stock), List.of(), UUID::randomUUID);
  }

  private static ProductStock stock(StockLevel level) {
    return new ProductStock(level.productId(), "SKU", 0, true, List.of(level));
  }

  private static StockLevel level(UUID product, int physical, int reserved) {
    return new StockLevel(product, Place.MAIN, 0, physical, reserved);
  }

  private static Basket basket(Object... productsAndQuantities) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < productsAndQuantities.length; i += 2) {
      lines.add(new Line((UUID) productsAndQuantities[i], (int) productsAndQuantities[i + 1]));
    }
    return new Basket(lines);
  }

  private static List<LedgerKind> kinds(StockBook book) {
    return book.changes().ledger().stream().map(LedgerEntry::kind).toList();
  }

  private static StockBook.Changes nothing() {
    return new StockBook.Changes(List.of(), List.of(), List.of(), List.of(), List.of());
  }

  @Test
  void what_is_written_is_no_change_any_more() {
    var book = reservedBook(5, 2);
    book.written();
    assertThat(book.changes()).isEqualTo(nothing());

    book.pay(order, WAIT, IN_TIME);
    assertThat(book.changes().opened()).isEmpty();
    assertThat(book.changes().moved()).hasSize(1);
    assertThat(book.changes().levels()).containsExactly(level(mouse, 3, 0));
    assertThat(kinds(book)).containsExactly(LedgerKind.CONFIRMED);
  }

  @Test
  void rows_that_are_locked_later_count_like_the_first() {
    var book = book(level(mouse, 5, 0));
    book.include(List.of(stock(level(keyboard, 1, 0))), List.of());

    assertThat(
            book.reserve(
                order,
                basket(mouse, 1, keyboard, 1),
                AllocationStrategy.PRIORITY,
                QUARTER_HOUR,
                NOW))
        .isInstanceOf(ReserveOutcome.Reserved.class);
    var reservation = book.reservationOf(order).orElseThrow();
    assertThat(reservation.isOpen()).isTrue();

    var next = book(level(mouse, 5, 1), level(keyboard, 1, 1));
    assertThat(next.reservationOf(order)).isEmpty();
    next.include(List.of(), List.of(reservation));
    assertThat(next.pay(order, WAIT, IN_TIME)).isInstanceOf(ConfirmOutcome.Confirmed.class);
    assertThat(next.changes().moved()).hasSize(1);
  }

  @Test
  void a_cancellation_settles_an_order_whose_stock_was_released_by_hand() {
    var book = reservedBook(5, 2);
    book.release(order, IN_TIME);

    assertThat(book.cancel(order, IN_TIME)).isEqualTo(new CancelOutcome.NothingHeld());
    assertThat(book.pay(order, WAIT, IN_TIME)).isEqualTo(new ConfirmOutcome.AlreadySettled());
    assertThat(book.changes().levels()).isEmpty();
  }

  @Test
  void what_is_not_locked_is_not_decided() {
    var book = book(level(mouse, 5, 2));

    assertThat(book.byHand().count(keyboard, LocationCode.MAIN, new PhysicalStock(1), null))
        .isEqualTo(new AdjustOutcome.UnknownProduct(keyboard));
    assertThatThrownBy(() -> book.confirm(order, NOW))
        .hasMessage("the book was opened without order " + order);
    var held = reservedBook(5, 2).reservationOf(order).orElseThrow();
    var withoutLevel = new StockBook(List.of(), List.of(held), UUID::randomUUID);
    assertThatThrownBy(() -> withoutLevel.release(order, IN_TIME))
        .hasMessage("the book was opened without product " + mouse);
  }

  @Test
  void as_many_as_can_be_counted_may_be_asked_for() {
    assertThat(Basket.of(List.of(new Line(mouse, Integer.MAX_VALUE - 1), new Line(mouse, 1))))
        .isEqualTo(basket(mouse, Integer.MAX_VALUE));
  }

  @Test
  void a_kind_of_change_has_a_name_in_the_ledger() {
    assertThat(LedgerKind.RETURNED.wire()).isEqualTo("returned");
  }
}
