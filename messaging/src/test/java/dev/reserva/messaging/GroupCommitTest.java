package dev.reserva.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.reserva.messaging.memory.MemoryBackbone;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTransport.Disorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

  private final MemoryBackbone backbone =
      new MemoryBackbone(
          TestFacts.catalogue(),
          TestFacts.announcer(),
          TestFacts.editPolicy(TestFacts.catalogue()),
          Disorder.NONE,
          1);

  /** Each handled group, including failed ones. Only the committing thread writes it. */
  private final List<List<Integer>> groups = new ArrayList<>();

  /** Blocks the committing thread in the first group until it is opened. */
  private final CountDownLatch gate = new CountDownLatch(1);

  private final CountDownLatch firstIsHeld = new CountDownLatch(1);

  /** Doubles numbers and remembers them; refuses negative ones. */
  private List<Integer> handle(List<Integer> numbers, UnitOfWork tx) {
    groups.add(List.copyOf(numbers));
    var table = tx.resource(MemoryDatabase.class).<Integer, Integer>table("numbers");
    numbers.forEach(number -> table.put(number, number));
    if (numbers.contains(0)) {
      firstIsHeld.countDown();
      hold();
    }
    if (numbers.stream().anyMatch(number -> number < 0)) {
      throw new IllegalArgumentException("negative");
    }
    return numbers.stream().map(number -> number * 2).toList();
  }

  private void hold() {
    try {
      assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Integer> committed() {
    return backbone.database().<Integer, Integer>table("numbers").values();
  }

  private GroupCommit<Integer, Integer> commit(int maxWaiting) {
    return new GroupCommit<>("test", backbone.transactions(), 100, maxWaiting, this::handle);
  }

  /** Starts a caller in a thread of its own and returns when it waits in the queue. */
  private static CompletableFuture<Integer> waiting(
      GroupCommit<Integer, Integer> commit, int number) {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    Thread caller =
        Thread.ofPlatform()
            .start(() -> {
              try {
                answer.complete(commit.submit(number));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    await().until(() -> caller.getState() == Thread.State.WAITING || !caller.isAlive());
    return answer;
  }

  @Test
  void a_lone_command_is_a_group_of_one() {
    try (var commit = commit(10)) {
      assertThat(commit.submit(21)).isEqualTo(42);
    }
    assertThat(groups).containsExactly(List.of(21));
  }

  @Test
  void commands_that_wait_during_a_commit_form_the_next_group() throws Exception {
    try (var commit = commit(50)) {
      CompletableFuture<Integer> first = waiting(commit, 0);
      assertThat(firstIsHeld.await(30, TimeUnit.SECONDS)).isTrue();
      List<CompletableFuture<Integer>> others =
          IntStream.rangeClosed(1, 20).mapToObj(number -> waiting(commit, number)).toList();
      gate.countDown();

      assertThat(first.get(30, TimeUnit.SECONDS)).isZero();
      for (int number = 1; number <= 20; number++) {
        assertThat(others.get(number - 1).get(30, TimeUnit.SECONDS)).isEqualTo(number * 2);
      }
    }
    assertThat(groups).hasSize(2);
    assertThat(groups.getLast()).hasSize(20);
  }

  @Test
  void a_command_that_fails_fails_alone() throws Exception {
    try (var commit = commit(50)) {
      var _ = waiting(commit, 0);
      assertThat(firstIsHeld.await(30, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Integer> before = waiting(commit, 1);
      CompletableFuture<Integer> failing = waiting(commit, -2);
      CompletableFuture<Integer> after = waiting(commit, 3);
      gate.countDown();

      assertThat(before.get(30, TimeUnit.SECONDS)).isEqualTo(2);
      assertThat(after.get(30, TimeUnit.SECONDS)).isEqualTo(6);
      assertThatThrownBy(() -> failing.get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("negative");
    }
    assertThat(committed()).containsExactly(0, 1, 3);
  }

  @Test
  void beyond_the_limit_a_command_is_refused_and_nothing_is_done() throws Exception {
    CompletableFuture<Integer> second;
    try (var commit = commit(1)) {
      var _ = waiting(commit, 0);
      assertThat(firstIsHeld.await(30, TimeUnit.SECONDS)).isTrue();
      second = waiting(commit, 1);
      assertThatThrownBy(() -> commit.submit(2)).isInstanceOf(Overloaded.class);
      gate.countDown();
    }
    assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(committed()).containsExactly(0, 1);
  }

  @Test
  void closing_commits_waiting_commands_and_refuses_new_ones() throws Exception {
    var commit = commit(1);
    var _ = waiting(commit, 0);
    assertThat(firstIsHeld.await(30, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Integer> second = waiting(commit, 1); // the queue is full
    Thread closing = Thread.ofPlatform().start(commit::close);
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    gate.countDown();

    assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(closing.join(Duration.ofSeconds(30))).isTrue();
    assertThatThrownBy(() -> commit.submit(2)).isInstanceOf(Overloaded.class);
  }

  @Test
  void closing_an_idle_one_ends_its_thread() {
    var commit = commit(10);
    commit.close();

    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("group-commit-test") && thread.isAlive());
  }

  @Test
  void when_the_database_is_down_every_caller_fails_and_no_command_is_tried_alone() {
    List<Integer> calls = new ArrayList<>();
    GroupCommit.Handler<Integer, Integer> down =
        (numbers, _) -> {
          calls.add(numbers.size());
          throw new DependencyUnavailable("down", new IllegalStateException());
        };
    try (var commit = new GroupCommit<>("down", backbone.transactions(), 100, 10, down)) {
      assertThatThrownBy(() -> commit.submit(1)).isInstanceOf(DependencyUnavailable.class);
    }
    assertThat(calls).containsExactly(1);
  }

  @Test
  void a_handler_with_too_few_results_commits_nothing() {
    GroupCommit.Handler<Integer, Integer> forgetful =
        (numbers, tx) -> {
          tx.resource(MemoryDatabase.class).<Integer, Integer>table("numbers").put(1, 1);
          return List.of();
        };
    try (var commit = new GroupCommit<>("few", backbone.transactions(), 100, 10, forgetful)) {
      assertThatThrownBy(() -> commit.submit(1)).hasMessage("handler answered 0 of 1 commands");
    }
    assertThat(committed()).isEmpty();
  }

  @Test
  void while_a_group_takes_too_long_only_the_least_number_may_wait() throws Exception {
    var limits = new GroupCommit.Limits(100, 2, 50, Duration.ofNanos(1));
    CompletableFuture<Integer> second;
    try (var commit = new GroupCommit<>("slow", backbone.transactions(), limits, this::handle)) {
      var _ = waiting(commit, 0);
      assertThat(firstIsHeld.await(30, TimeUnit.SECONDS)).isTrue();
      second = waiting(commit, 1);
      assertThatThrownBy(commit::requireRoom).isInstanceOf(Overloaded.class);
      assertThatThrownBy(() -> commit.submit(2)).isInstanceOf(Overloaded.class);
      assertThat(commit.status().waiting()).isEqualTo(2);
      assertThat(commit.status().refused()).isEqualTo(2);
      gate.countDown();

      assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(2);
      await().until(() -> commit.status().waiting() == 0);
      commit.requireRoom();
      assertThat(commit.status().answered()).isEqualTo(2);
      assertThat(commit.submit(3)).isEqualTo(6);
    }
    assertThat(committed()).containsExactly(0, 1, 3);
  }

  @Test
  void the_committing_thread_calls_back_a_caller_that_does_not_wait() throws Exception {
    try (var commit = commit(10)) {
      var outcome = new CompletableFuture<String>();
      var _ =
          commit
              .start(21)
              .whenComplete((doubled, _) ->
                  outcome.complete(doubled + " by " + Thread.currentThread().getName()));

      assertThat(outcome.get(30, TimeUnit.SECONDS))
          .startsWith("42 by ")
          .matches("42 by (group-commit-test|" + Thread.currentThread().getName() + ")");
    }
  }
}
