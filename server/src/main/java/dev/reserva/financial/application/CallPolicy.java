package dev.reserva.financial.application;

import dev.reserva.financial.domain.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * When and how often the provider is called.
 *
 * @param timeLimit of one call, 1 ms to 5 min; after it the outcome is unknown
 * @param maxCalls most calls at a time, 1..10,000
 * @param lease how long a claim keeps other processes away; longer than the time limit
 * @param backoff pauses after a call without an answer
 * @param maxAttempts after so many attempts the payment is abandoned
 * @param pendingInquiry how often the provider is asked about a payment that waits for the buyer
 */
public record CallPolicy(
    Duration timeLimit,
    int maxCalls,
    Duration lease,
    Backoff backoff,
    int maxAttempts,
    Duration pendingInquiry) {

  public CallPolicy {
    if (timeLimit.toMillis() < 1 || timeLimit.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("timeLimit must be 1 ms..5 min, was " + timeLimit);
    }
    if (maxCalls < 1 || maxCalls > 10_000) {
      throw new IllegalArgumentException("maxCalls must be 1..10000, was " + maxCalls);
    }
    if (lease.compareTo(timeLimit) <= 0) {
      throw new IllegalArgumentException(
          "lease must be longer than the time limit %s, was %s".formatted(timeLimit, lease));
    }
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("maxAttempts must be at least 1, was " + maxAttempts);
    }
  }

  /** What is due now. Twice the longest pause is more than any pause with its spread. */
  Due dueAt(Instant now) {
    Duration longest = Collections.max(List.of(lease, pendingInquiry, backoff.longest()));
    return new Due(now, now.plus(longest.multipliedBy(2)));
  }
}
