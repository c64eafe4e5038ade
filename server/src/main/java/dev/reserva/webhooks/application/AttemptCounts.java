package dev.reserva.webhooks.application;

import dev.reserva.webhooks.domain.Answer;
import java.util.concurrent.atomic.LongAdder;

/** Counts the attempts of this process since its start. */
public final class AttemptCounts {

  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();

  void made(Answer answer) {
    (answer.isSuccess() ? succeeded : failed).increment();
  }

  /** Attempts that were answered with 2xx. */
  public long succeeded() {
    return succeeded.sum();
  }

  /** All other attempts. */
  public long failed() {
    return failed.sum();
  }
}
