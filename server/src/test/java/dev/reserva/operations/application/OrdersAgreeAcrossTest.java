package dev.reserva.operations.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.Contracts;
import dev.reserva.contracts.Money;
import dev.reserva.operations.application.Invariant.Finding;
import dev.reserva.operations.domain.OrderBook;
import dev.reserva.operations.domain.OrderBook.Holding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrdersAgreeAcrossTest {

  private static final UUID ORDER = new UUID(0, 1);
  private static final UUID EVENT = new UUID(0, 2);
  private static final Map<UUID, Integer> LINES = Map.of(new UUID(0, 7), 1);
  private static final OrderBook BROKEN = book("CONFIRMED");
  private static final OrderBook SOUND = book("PENDING");

  private static final Map<String, Set<String>> SERVICES =
      Map.of("sales", Set.of("sales"), "stock", Set.of("inventory"));

  private static final KeyEvents PUBLISHED =
      new KeyEvents(false, Map.of(EVENT, Contracts.ORDER_CREATED), Set.of());
  private static final KeyEvents IMPORTED = new KeyEvents(false, Map.of(), Set.of(EVENT));
  private static final KeyEvents NOTHING = new KeyEvents(false, Map.of(), Set.of());

  private final Books books = new Books();

  private static OrderBook book(String status) {
    return new OrderBook(
        ORDER,
        status,
        Money.of("9.50", "EUR"),
        LINES,
        List.of(),
        new Holding("RESERVED", false, LINES, Map.of(), Map.of()),
        null,
        List.of());
  }

  /** What is answered to each look. */
  private static final class Books implements SystemBooks {

    private final List<OrderBook> first = new ArrayList<>();
    private OrderBook again = BROKEN;
    private final Deque<Map<String, KeyEvents>> looks = new ArrayDeque<>();

    @Override
    public boolean complete() {
      return true;
    }

    @Override
    public List<OrderBook> page(@Nullable UUID after, int limit) {
      return after == null ? first : List.of();
    }

    @Override
    public List<OrderBook> of(List<UUID> orderIds) {
      assertThat(orderIds).containsExactly(ORDER);
      return List.of(again);
    }

    @Override
    public Map<String, DatabaseKeys> keys(List<UUID> keys) {
      Map<String, KeyEvents> look = looks.removeFirst();
      return Map.of(
          "sales", new DatabaseKeys(Set.of("sales"), Map.of(ORDER, look.get("sales"))),
          "stock", new DatabaseKeys(Set.of("inventory"), Map.of(ORDER, look.get("stock"))));
    }
  }

  private void looks(KeyEvents sales, KeyEvents stock) {
    books.looks.add(Map.of("sales", sales, "stock", stock));
  }

  private Finding count() {
    return new OrdersAgreeAcross(books).count(() -> {});
  }

  @Test
  void an_order_that_breaks_no_rule_is_looked_at_once() {
    books.first.add(SOUND);

    assertThat(count()).isEqualTo(new Finding(1, 0, 0, List.of()));
  }

  @Test
  void a_settled_order_that_breaks_a_rule_is_a_violation() {
    books.first.add(BROKEN);
    looks(PUBLISHED, IMPORTED);
    looks(PUBLISHED, IMPORTED);

    Finding finding = count();

    assertThat(finding.violated()).isEqualTo(1);
    assertThat(finding.violations()).anySatisfy(text -> assertThat(text).contains("RESERVED"));
  }

  @Test
  void an_order_that_is_sound_by_now_is_no_violation() {
    books.first.add(BROKEN);
    books.again = SOUND;
    looks(PUBLISHED, IMPORTED);
    looks(PUBLISHED, IMPORTED);

    assertThat(count()).isEqualTo(new Finding(1, 0, 0, List.of()));
  }

  @Test
  void an_order_is_in_flight_while_an_event_is_on_its_way_or_is_handled() {
    books.first.add(BROKEN);
    looks(PUBLISHED, NOTHING);
    looks(PUBLISHED, NOTHING);
    assertThat(count().inFlight()).isEqualTo(1);

    KeyEvents unhandled = new KeyEvents(true, Map.of(), Set.of(EVENT));
    looks(PUBLISHED, unhandled);
    looks(PUBLISHED, unhandled);
    assertThat(count().inFlight()).isEqualTo(1);
  }

  @Test
  void an_order_to_which_something_happened_between_the_looks_is_in_flight() {
    books.first.add(BROKEN);
    looks(NOTHING, NOTHING);
    looks(PUBLISHED, IMPORTED);

    assertThat(count()).isEqualTo(new Finding(1, 0, 1, List.of()));
  }

  @Test
  void a_database_need_not_have_events_that_its_services_do_not_keep() {
    KeyEvents confirmed = new KeyEvents(false, Map.of(EVENT, Contracts.ORDER_CONFIRMED), Set.of());

    assertThat(OrdersAgreeAcross.isSettled(Map.of("sales", confirmed, "stock", NOTHING), SERVICES))
        .isTrue();
    assertThat(OrdersAgreeAcross.isSettled(Map.of("sales", PUBLISHED, "stock", NOTHING), SERVICES))
        .isFalse();
  }
}
