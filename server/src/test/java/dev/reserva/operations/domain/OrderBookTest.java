package dev.reserva.operations.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.Money;
import dev.reserva.operations.domain.OrderBook.Holding;
import dev.reserva.operations.domain.OrderBook.Parcel;
import dev.reserva.operations.domain.OrderBook.Receivable;
import dev.reserva.operations.domain.OrderBook.Return;
import dev.reserva.operations.domain.OrderBook.Takings;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderBookTest {

  private static final UUID LAPTOP = new UUID(0, 1);
  private static final Money TOTAL = Money.of("100.00", "BRL");
  private static final Map<UUID, Integer> LINES = Map.of(LAPTOP, 2);
  private static final Holding RESERVED = new Holding("RESERVED", false, LINES, Map.of(), Map.of());
  private static final Holding CONFIRMED =
      new Holding("CONFIRMED", false, LINES, Map.of(), Map.of());
  private static final Holding RETURNED = new Holding("CONFIRMED", true, LINES, Map.of(), Map.of());
  private static final Holding RELEASED = new Holding("RELEASED", false, LINES, Map.of(), Map.of());

  @ParameterizedTest
  @ValueSource(strings = {"CONFIRMED", "SHIPPED", "DELIVERED", "COMPLETED"})
  void from_confirmed_on_an_order_has_its_goods_and_its_money(String status) {
    assertWell(book(status, CONFIRMED, takings("100", "0", "0")));
    assertWell(book(status, CONFIRMED, takings("100", "30", "20")));

    assertContradicts(book(status, null, takings("100", "0", "0")), "has no reservation");
    assertContradicts(book(status, RESERVED, takings("100", "0", "0")), "is RESERVED");
    assertContradicts(book(status, RETURNED, takings("100", "0", "0")), "have returned to stock");
    assertContradicts(book(status, CONFIRMED, null), "0.00 BRL was captured for a total");
    assertContradicts(book(status, CONFIRMED, takings("99", "0", "0")), "99.00 BRL was captured");
  }

  @Test
  void an_order_before_that_may_have_either() {
    assertWell(book("PENDING", null, null));
    assertWell(book("PENDING_PAYMENT", RESERVED, takings("100", "0", "0")));
    assertWell(book("PENDING_PAYMENT", RELEASED, takings("0", "0", "0")));
    assertWell(book("PAID", RESERVED, takings("100", "0", "0")));
    assertContradicts(book("PAID", RESERVED, takings("0", "0", "0")), "was captured for a total");
  }

  @Test
  void a_reservation_covers_exactly_the_lines_or_there_is_none() {
    Holding other = new Holding("RELEASED", false, Map.of(LAPTOP, 1), Map.of(), Map.of());

    assertContradicts(book("CANCELLED", other, null), "other goods");
    assertWell(book("DRAFT", other, null));
  }

  @Test
  void no_more_is_captured_or_refunded_than_the_total() {
    assertContradicts(book("PENDING_PAYMENT", null, takings("100.01", "0", "0")), "100.01 BRL");
    assertContradicts(book("CANCELLED", null, takings("100", "60", "60")), "60.00 BRL owed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CANCELLED", "FAILED"})
  void a_dead_order_keeps_neither_goods_nor_money_once_all_has_arrived(String status) {
    assertWell(book(status, null, null));
    assertWell(book(status, RELEASED, takings("0", "0", "0")));
    assertWell(book(status, RETURNED, takings("100", "70", "30")));

    assertLeaves(book(status, RESERVED, null), "still reserved");
    assertLeaves(book(status, CONFIRMED, takings("100", "100", "0")), "have not returned");
    assertLeaves(book(status, RELEASED, takings("100", "70", "0")), "30.00 BRL was captured");
  }

  @Test
  void an_order_with_goods_and_money_is_confirmed_once_all_has_arrived() {
    assertLeaves(book("PAID", CONFIRMED, takings("100", "0", "0")), "but it is not confirmed");
    assertWell(book("PENDING_PAYMENT", CONFIRMED, owing("100", "OPEN")));
  }

  @Test
  void a_receivable_is_of_the_total_and_settled_if_and_only_if_the_order_is_paid() {
    assertContradicts(book("PENDING", null, owing("99", "OPEN")), "is of 99.00 BRL for a total of");
    assertWell(book("DRAFT", null, owing("99", "CANCELLED")));
    for (String status : List.of("PAID", "CONFIRMED", "COMPLETED")) {
      assertContradicts(
          book(status, CONFIRMED, paid(new Receivable(TOTAL, "OPEN"))), "its receivable is OPEN");
      assertContradicts(
          book(status, CONFIRMED, paid(new Receivable(TOTAL, "CANCELLED"))), "is CANCELLED");
      assertContradicts(book(status, CONFIRMED, paid(null)), "it has no receivable");
    }
  }

  @Test
  void a_dead_order_has_no_open_receivable_and_one_to_be_paid_has_one_once_all_has_arrived() {
    for (String status : List.of("CANCELLED", "FAILED")) {
      assertLeaves(book(status, RELEASED, owing("100", "OPEN")), "its receivable is still open");
      assertWell(book(status, RELEASED, owing("100", "CANCELLED")));
    }
    assertLeaves(book("PENDING_PAYMENT", RESERVED, null), "it has no receivable");
    assertWell(book("PENDING", RESERVED, null));
  }

  @Test
  void shipments_contain_together_exactly_the_lines_and_leave_from_where_they_are_held() {
    Parcel part = new Parcel("DISPATCHED", "MAIN", Map.of(LAPTOP, 1));
    Parcel rest = new Parcel("PREPARING", "MAIN", Map.of(LAPTOP, 1));

    assertWell(shipping("CONFIRMED", part, rest));
    assertContradicts(shipping("CONFIRMED", rest), "other goods than its lines");
    assertContradicts(shipping("CONFIRMED", parcel("DISPATCHED"), rest), "other goods");
    assertContradicts(
        shipping("CONFIRMED", new Parcel("PREPARING", "NORTH", LINES)),
        "its shipments leave from {NORTH=");
    Map<UUID, Integer> one = Map.of(LAPTOP, 1);
    Holding split =
        new Holding("CONFIRMED", false, LINES, Map.of("MAIN", one, "NORTH", one), Map.of());
    Parcel north = new Parcel("PREPARING", "NORTH", one);
    assertWell(book("CONFIRMED", split, takings("100", "0", "0"), List.of(part, north)));
    assertContradicts(
        book("CONFIRMED", split, takings("100", "0", "0"), List.of(part, rest)),
        "its shipments leave from {MAIN=");
    assertContradicts(
        book("PAID", CONFIRMED, takings("100", "0", "0"), List.of(parcel("PREPARING"))),
        "it has shipments");
  }

  @ParameterizedTest
  @CsvSource({
    "CONFIRMED,PREPARING",
    "SHIPPED,DISPATCHED",
    "DELIVERED,DELIVERED",
    "COMPLETED,DELIVERED",
    "CANCELLED,CANCELLED",
    "CANCELLED,RETURNED"
  })
  void an_order_and_its_shipment_agree_once_all_has_arrived(String status, String shipment) {
    assertWell(shipping(status, parcel(shipment)));

    Stream.of("PREPARING", "DISPATCHED", "DELIVERED", "CANCELLED", "RETURNED")
        .filter(other -> !other.equals(shipment))
        .filter(other -> !status.equals("CANCELLED") || !other.matches("CANCELLED|RETURNED"))
        .forEach(
            other -> assertLeaves(shipping(status, parcel(other)), "its shipments are " + other));
  }

  private static void assertWell(OrderBook book) {
    assertThat(book.contradictions()).isEmpty();
    assertThat(book.leftovers()).isEmpty();
  }

  private static void assertContradicts(OrderBook book, String words) {
    assertThat(book.contradictions()).singleElement().asString().contains(words);
  }

  private static void assertLeaves(OrderBook book, String words) {
    assertThat(book.contradictions()).isEmpty();
    assertThat(book.leftovers()).isEqualTo(List.of(book.leftovers().getFirst()));
    assertThat(book.leftovers().getFirst()).contains(words).contains(book.id().toString());
  }

  @Test
  void a_return_is_taken_back_and_refunded_once_as_it_says() {
    Return requested = new Return(BACK, "REQUESTED", Money.of("60", "BRL"), ONE_LAPTOP);
    Return received = new Return(BACK, "RECEIVED", Money.of("60", "BRL"), ONE_LAPTOP);
    Map<UUID, Map<UUID, Integer>> taken = Map.of(BACK, ONE_LAPTOP);
    Map<UUID, Money> sixty = Map.of(BACK, Money.of("60", "BRL"));

    OrderBook right = returning("COMPLETED", received, taken, sixty);
    assertThat(right.contradictions()).isEmpty();
    assertThat(right.leftovers()).isEmpty();
    OrderBook unhandled = returning("COMPLETED", received, Map.of(), Map.of());
    assertThat(unhandled.contradictions()).isEmpty();
    assertThat(unhandled.leftovers())
        .containsExactly(
            about("COMPLETED", "inventory has not taken back return " + BACK),
            about("COMPLETED", "nothing is given back for return " + BACK));
    assertThat(returning("COMPLETED", requested, taken, sixty).contradictions())
        .containsExactly(
            about(
                "COMPLETED", "inventory took back other goods than return %s has".formatted(BACK)),
            about("COMPLETED", "60.00 BRL is given back for return " + BACK));
    assertThat(
            returning("COMPLETED", received, Map.of(BACK, Map.of(LAPTOP, 2)), sixty)
                .contradictions())
        .containsExactly(
            about(
                "COMPLETED", "inventory took back other goods than return %s has".formatted(BACK)));
    assertThat(
            returning("COMPLETED", received, taken, Map.of(BACK, Money.of("60.01", "BRL")))
                .contradictions())
        .containsExactly(about("COMPLETED", "60.01 BRL is given back for return " + BACK));
    assertThat(returning("SHIPPED", received, taken, sixty).contradictions())
        .as("what has arrived comes back before the rest")
        .isEmpty();
    assertThat(returning("CANCELLED", received, taken, sixty).contradictions())
        .contains(about("CANCELLED", "goods of it have come back"));
  }

  @Test
  void no_more_comes_back_than_was_ordered_and_delivered() {
    int most = LINES.getOrDefault(LAPTOP, 0);
    Return all = new Return(BACK, "REQUESTED", Money.of("1", "BRL"), Map.of(LAPTOP, most));
    Return more = new Return(BACK, "REQUESTED", Money.of("1", "BRL"), Map.of(LAPTOP, most + 1));

    assertThat(returning("COMPLETED", all, Map.of(), Map.of()).contradictions()).isEmpty();
    assertThat(returning("COMPLETED", more, Map.of(), Map.of()).contradictions())
        .containsExactly(about("COMPLETED", "its returns name more than its lines"));
    OrderBook early =
        new OrderBook(
            new UUID(0, 42),
            "SHIPPED",
            TOTAL,
            LINES,
            List.of(all),
            CONFIRMED,
            takings("100", "0", "0"),
            List.of(parcel("DISPATCHED")));
    assertThat(early.leftovers())
        .containsExactly(about("SHIPPED", "its returns name more than was delivered"));
  }

  private static final UUID BACK = new UUID(0, 43);
  private static final Map<UUID, Integer> ONE_LAPTOP = Map.of(LAPTOP, 1);

  private static String about(String status, String finding) {
    return "order %s is %s, and %s".formatted(new UUID(0, 42), status, finding);
  }

  private static OrderBook returning(
      String status,
      Return goods,
      Map<UUID, Map<UUID, Integer>> takenBack,
      Map<UUID, Money> forReturns) {
    return new OrderBook(
        new UUID(0, 42),
        status,
        TOTAL,
        LINES,
        List.of(goods),
        new Holding("CONFIRMED", false, LINES, Map.of(), takenBack),
        new Takings(TOTAL, Money.zero("BRL"), TOTAL, new Receivable(TOTAL, "SETTLED"), forReturns),
        List.of(parcel("DELIVERED")).subList(0, status.equals("SHIPPED") ? 0 : 1));
  }

  private static OrderBook book(
      String status, @Nullable Holding holding, @Nullable Takings takings) {
    return book(status, holding, takings, List.of());
  }

  private static OrderBook book(
      String status, @Nullable Holding holding, @Nullable Takings takings, List<Parcel> parcels) {
    return new OrderBook(
        new UUID(0, 42), status, TOTAL, LINES, List.of(), holding, takings, parcels);
  }

  /** An order that is paid and has its goods, or had them. */
  private static OrderBook shipping(String status, Parcel... parcels) {
    return status.equals("CANCELLED")
        ? book(status, RETURNED, takings("100", "100", "0"), List.of(parcels))
        : book(status, CONFIRMED, takings("100", "0", "0"), List.of(parcels));
  }

  private static Parcel parcel(String status) {
    return new Parcel(status, "MAIN", LINES);
  }

  private static Takings takings(String captured, String refunded, String owed) {
    return new Takings(
        Money.of(captured, "BRL"),
        Money.of(refunded, "BRL"),
        Money.of(owed, "BRL"),
        new Receivable(TOTAL, "SETTLED"),
        Map.of());
  }

  /** The total was captured. */
  private static Takings paid(@Nullable Receivable receivable) {
    return new Takings(TOTAL, Money.zero("BRL"), Money.zero("BRL"), receivable, Map.of());
  }

  /** Nothing was captured. */
  private static Takings owing(String amount, String status) {
    Money zero = Money.zero("BRL");
    return new Takings(zero, zero, zero, new Receivable(Money.of(amount, "BRL"), status), Map.of());
  }
}
