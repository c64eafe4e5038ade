package dev.reserva.sales.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.sales.application.OrderNumbers;
import dev.reserva.sales.domain.OrderNumber;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Numbers of several processes on one database. */
class PostgresOrderNumbersIT {

  @SuppressWarnings("NullAway.Init") // set before any test
  private static SalesDatabase database;

  @BeforeAll
  static void open() {
    database = new SalesDatabase();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void a_transaction_takes_the_numbers_that_the_previous_one_left() {
    OrderNumbers numbers = new PostgresOrderNumbers();
    OrderNumber first = take(numbers, 5, 1).getFirst();
    List<OrderNumber> next = take(numbers, 3, 3);
    assertThat(next)
        .containsExactly(
            new OrderNumber(first.value() + 1),
            new OrderNumber(first.value() + 2),
            new OrderNumber(first.value() + 3));
  }

  @Test
  void more_than_a_block_can_be_drawn_at_once() {
    List<OrderNumber> drawn = take(new PostgresOrderNumbers(), 2_500, 2_500);
    assertThat(new HashSet<>(drawn)).hasSize(2_500);
  }

  @Test
  void a_block_of_a_rolled_back_transaction_is_not_used() {
    OrderNumbers numbers = new PostgresOrderNumbers();
    List<OrderNumber> lost = new ArrayList<>();
    assertThatThrownBy(() ->
            database.run(tx -> {
              lost.add(numbers.draw(2, tx).get().next());
              throw new IllegalStateException("rolled back");
            }))
        .hasMessage("rolled back");
    assertThat(take(numbers, 1, 1).getFirst().value())
        .isGreaterThanOrEqualTo(lost.getFirst().value() + PostgresOrderNumbers.BLOCK);
  }

  @Test
  void no_number_is_drawn_twice_by_many_threads_of_two_processes() throws Exception {
    List<OrderNumbers> processes = List.of(new PostgresOrderNumbers(), new PostgresOrderNumbers());
    List<Callable<List<OrderNumber>>> draws = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      OrderNumbers numbers = processes.get(i % 2);
      draws.add(() -> take(numbers, 120, 100));
    }
    Set<OrderNumber> all = new HashSet<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var drawn : threads.invokeAll(draws)) {
        all.addAll(drawn.get());
      }
    }
    assertThat(all).hasSize(4_000);
  }

  private static List<OrderNumber> take(OrderNumbers numbers, int most, int taken) {
    return database.call(tx -> {
      Iterator<OrderNumber> free = numbers.draw(most, tx).get();
      List<OrderNumber> took = new ArrayList<>();
      while (took.size() < taken) {
        took.add(free.next());
      }
      return took;
    });
  }
}
