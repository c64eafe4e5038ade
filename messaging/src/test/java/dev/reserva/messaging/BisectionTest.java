package dev.reserva.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BisectionTest {

  private final List<Integer> handled = new ArrayList<>();
  private final List<Integer> failed = new ArrayList<>();
  private int runs;

  private void run(int size, Set<Integer> poison) {
    Bisection.run(
        IntStream.range(0, size).boxed().toList(),
        part -> {
          runs++;
          if (part.stream().anyMatch(poison::contains)) {
            throw new IllegalArgumentException("poison");
          }
          handled.addAll(part);
        },
        (item, error) -> {
          assertThat(error).hasMessage("poison");
          failed.add(item);
        });
  }

  @Test
  void a_batch_without_failures_is_one_run() {
    run(500, Set.of());

    assertThat(runs).isEqualTo(1);
    assertThat(handled).hasSize(500);
  }

  @Test
  void one_failing_item_of_500_is_found_in_few_runs_and_the_others_are_handled_in_order() {
    run(500, Set.of(377));

    assertThat(failed).containsExactly(377);
    assertThat(handled).hasSize(499).isSorted();
    assertThat(runs).isLessThanOrEqualTo(20);
  }

  @Test
  void failed_items_are_reported_in_order() {
    run(8, Set.of(0, 3, 7));

    assertThat(failed).containsExactly(0, 3, 7);
    assertThat(handled).containsExactly(1, 2, 4, 5, 6);
  }

  @Test
  void a_failure_of_all_items_ends_the_bisection_at_once() {
    List<Integer> tried = new ArrayList<>();
    assertThatThrownBy(() ->
            Bisection.run(
                List.of(1, 2, 3, 4),
                part -> {
                  tried.add(part.size());
                  throw new DependencyUnavailable("down", new IllegalStateException());
                },
                (item, _) -> failed.add(item)))
        .isInstanceOf(DependencyUnavailable.class);
    assertThat(tried).containsExactly(4);
    assertThat(failed).isEmpty();
  }

  @Test
  void a_stack_overflow_is_a_failure_of_the_item_and_an_out_of_memory_error_is_not() {
    Bisection.run(
        List.of(1),
        _ -> {
          throw new StackOverflowError();
        },
        (item, _) -> failed.add(item));
    assertThat(failed).containsExactly(1);

    assertThatThrownBy(() ->
            Bisection.run(
                List.of(1, 2),
                _ -> {
                  throw new OutOfMemoryError("on purpose");
                },
                (item, _) -> failed.add(item)))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(failed).containsExactly(1);
  }
}
