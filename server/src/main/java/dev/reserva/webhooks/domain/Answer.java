package dev.reserva.webhooks.domain;

import org.jspecify.annotations.Nullable;

/**
 * The result of one attempt.
 *
 * @param status of the answer; absent if there was none
 * @param millis how long it took
 * @param error why there was no answer
 * @param body the first kilobyte of the answer
 */
public record Answer(
    @Nullable Integer status, int millis, @Nullable String error, @Nullable String body) {

  /** The endpoint does not want any more. */
  private static final int GONE = 410;

  public Answer {
    if ((status == null) == (error == null)) {
      throw new IllegalArgumentException("an attempt has either a status or an error");
    }
  }

  public boolean isSuccess() {
    return status != null && status >= 200 && status < 300;
  }

  public boolean isGone() {
    return status != null && status == GONE;
  }
}
