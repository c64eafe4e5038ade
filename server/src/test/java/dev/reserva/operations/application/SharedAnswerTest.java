package dev.reserva.operations.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedAnswerTest {

  private static final Duration REUSE = Duration.ofSeconds(1);

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void an_answer_is_given_again_for_a_while() {
    var answer = new SharedAnswer<>(asked::incrementAndGet, REUSE, nanos::get);

    assertThat(answer.get()).isEqualTo(1);
    nanos.set(REUSE.toNanos() - 1);
    assertThat(answer.get()).isEqualTo(1);
    nanos.set(REUSE.toNanos());
    assertThat(answer.get()).isEqualTo(2);
  }

  @Test
  void callers_wait_for_the_answer_to_an_open_question() throws Exception {
    var open = new CountDownLatch(1);
    var mayAnswer = new CountDownLatch(1);
    var answer =
        new SharedAnswer<>(
            () -> {
              open.countDown();
              try {
                mayAnswer.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return asked.incrementAndGet();
            },
            REUSE,
            nanos::get);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        callers.add(threads.submit(answer::get));
      }
      open.await();
      mayAnswer.countDown();
      for (Future<Integer> caller : callers) {
        assertThat(caller.get()).isEqualTo(1);
      }
    }
  }

  @Test
  void a_question_that_fails_is_asked_again() {
    var answer =
        new SharedAnswer<>(
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("nobody answers");
              }
              return "here";
            },
            REUSE,
            nanos::get);

    assertThatThrownBy(answer::get).hasMessage("nobody answers");
    assertThat(answer.get()).isEqualTo("here");
  }
}
