package dev.reserva.operations.application;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks once for many callers: those who come while a question is open wait for its answer, and an
 * answer is given again for a while. So callers of an open route cannot make other processes work
 * as often as they like.
 */
public final class SharedAnswer<T> implements Supplier<T> {

  private final Supplier<T> question;
  private final long reuseNanos;
  private final LongSupplier nanoTime;
  private @Nullable T answer;
  private long answeredAt;

  /**
   * @param question must be answered in bounded time
   * @param reuse how long an answer is given again
   */
  public SharedAnswer(Supplier<T> question, Duration reuse, LongSupplier nanoTime) {
    this.question = question;
    this.reuseNanos = reuse.toNanos();
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized T get() {
    T known = answer;
    if (known == null || nanoTime.getAsLong() - answeredAt >= reuseNanos) {
      known = question.get();
      answer = known;
      answeredAt = nanoTime.getAsLong();
    }
    return known;
  }
}
