package dev.reserva.operations.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.TestTransactions;
import dev.reserva.contracts.Money;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.application.Invariant.Finding;
import dev.reserva.operations.application.Invariant.Tally;
import dev.reserva.operations.application.Invariant.TimeIsUp;
import dev.reserva.operations.domain.OrderBook;
import dev.reserva.operations.domain.OrderBook.Holding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrdersAgreeTest {

  private static final Map<UUID, Integer> LINES = Map.of(new UUID(0, 7), 1);
  private static final Holding RESERVED = new Holding("RESERVED", false, LINES, Map.of(), Map.of());

  private final TestTransactions transactions = new TestTransactions(Instant.EPOCH);
  private final List<OrderBook> books = new ArrayList<>();

  @Test
  void every_order_is_looked_at_once_however_many_pages_there_are() {
    for (int i = 0; i < 2 * OrdersAgree.PAGE + 1; i++) {
      books.add(book(i, "PENDING", null));
    }

    assertThat(count(Set.of())).isEqualTo(new Finding(books.size(), 0, 0, List.of()));
  }

  @Test
  void invariants_of_every_moment_are_checked_for_orders_under_way_too() {
    books.add(book(1, "CONFIRMED", RESERVED));

    Finding finding = count(Set.of(books.getFirst().id()));

    assertThat(finding.violated()).isEqualTo(1);
    assertThat(finding.inFlight()).isZero();
    assertThat(finding.violations()).hasSize(2);
  }

  @Test
  void invariants_of_settled_orders_are_checked_once_all_events_have_arrived() {
    books.add(book(1, "CANCELLED", RESERVED));
    books.add(book(2, "CANCELLED", RESERVED));

    Finding finding = count(Set.of(books.getFirst().id()));

    assertThat(finding.violated()).isEqualTo(1);
    assertThat(finding.inFlight()).isEqualTo(1);
    assertThat(finding.violations().getFirst()).contains(books.getLast().id().toString());
  }

  @Test
  void only_the_first_violations_are_listed_and_all_are_counted() {
    for (int i = 0; i < 100; i++) {
      books.add(book(i, "CANCELLED", RESERVED));
    }

    Finding finding = count(Set.of());

    assertThat(finding.violated()).isEqualTo(100);
    assertThat(finding.violations()).hasSize(Tally.MAX_LISTED);
  }

  @Test
  void it_ends_when_its_time_is_up() {
    books.add(book(1, "PENDING", null));

    assertThatThrownBy(() ->
            count(
                Set.of(),
                () -> {
                  throw new TimeIsUp("too long");
                }))
        .isInstanceOf(TimeIsUp.class);
  }

  private Finding count(Set<UUID> underWay) {
    return count(underWay, () -> {});
  }

  private Finding count(Set<UUID> underWay, Invariant.Deadline deadline) {
    var ordersAgree = new OrdersAgree(new Listed(), underWay::contains);
    return transactions.snapshot(tx -> ordersAgree.count(tx, deadline));
  }

  private static OrderBook book(int number, String status, @Nullable Holding holding) {
    return new OrderBook(
        new UUID(1, number),
        status,
        Money.of("10.00", "BRL"),
        LINES,
        List.of(),
        holding,
        null,
        List.of());
  }

  private final class Listed implements OrderBooks {
    @Override
    public boolean complete() {
      return true;
    }

    @Override
    public boolean haveShipments() {
      return true;
    }

    @Override
    public List<OrderBook> page(UnitOfWork snapshot, @Nullable UUID after, int limit) {
      return books.stream()
          .filter(book -> after == null || book.id().compareTo(after) > 0)
          .limit(limit)
          .toList();
    }
  }
}
