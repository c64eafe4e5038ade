package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.RetryPolicy;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.delivery.Parking.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the record of a failed event: whether and when it is retried, and why it failed. */
final class FailureReport {

  private static final int MAX_TRACE = 16_000;
  private static final int MAX_ERROR = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

  private FailureReport() {}

  /**
   * @param attempts failures including this one
   */
  static Failure of(RetryPolicy policy, int attempts, Throwable error, RandomGenerator random) {
    boolean givenUp = error instanceof Unprocessable || policy.exhausted(attempts);
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    return new Failure(
        attempts,
        givenUp ? null : policy.pauseAfter(attempts, random),
        error.getClass().getSimpleName(),
        text(error),
        limited(trace.toString(), MAX_TRACE));
  }

  /** The message of an error, limited. */
  static String text(Throwable error) {
    return limited(String.valueOf(error.getMessage()), MAX_ERROR);
  }

  /** PostgreSQL's text type holds no null character, but a message may contain one. */
  private static String limited(String text, int length) {
    String clean = text.replace('\0', '\uFFFD');
    return clean.length() <= length ? clean : clean.substring(0, length) + "…";
  }

  static void log(Subscription subscription, Message message, Failure failure) {
    LOG.warn(
        "event failed: subscription={} type={} id={} key={} attempt={} next={} error={}",
        subscription.name(),
        message.type(),
        message.event().id(),
        message.key(),
        failure.attempts(),
        failure.retryIn() == null ? "dead letter" : failure.retryIn().toMillis() + "ms",
        failure.type());
  }
}
