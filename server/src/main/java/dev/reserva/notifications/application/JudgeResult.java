package dev.reserva.notifications.application;

import dev.reserva.notifications.application.MessageSender.Result;
import dev.reserva.notifications.application.Messages.Claimed;
import dev.reserva.notifications.application.Messages.Settled;
import dev.reserva.notifications.domain.Failure;
import dev.reserva.notifications.domain.Retries;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a message after an attempt. */
final class JudgeResult {

  private static final Logger LOG = LoggerFactory.getLogger(JudgeResult.class);

  /** How long a message waits for its customer and its order to become known. */
  static final Duration PATIENCE = Duration.ofHours(1);

  private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

  private final Retries retries;

  JudgeResult(Retries retries) {
    this.retries = retries;
  }

  Settled judge(Claimed message, Result result, Instant now) {
    return switch (result) {
      case Result.Accepted _ -> new Settled.Sent(message.id(), now);
      case Result.Bounced(String reason) -> refused(message, Failure.BOUNCED, reason, now);
      case Result.Rejected(String reason) -> refused(message, Failure.REJECTED, reason, now);
      case Result.Unavailable(String reason) -> {
        LOG.warn(
            "message not sent, it is tried again: message={} channel={} attempt={} reason={}",
            message.id(),
            message.channel().wire(),
            message.attempt(),
            reason);
        yield later(message, Failure.ATTEMPTS_EXHAUSTED, now);
      }
    };
  }

  private static Settled refused(Claimed message, Failure failure, String reason, Instant now) {
    LOG.warn(
        "message refused, it is given up: message={} channel={} failure={} reason={}",
        message.id(),
        message.channel().wire(),
        failure.wire(),
        reason);
    return new Settled.Failed(message.id(), failure, now);
  }

  /**
   * Of a message whose customer or order is unknown. The events that tell what is missing are
   * usually under way, so that the attempt does not count.
   */
  Settled notYet(Claimed message, Instant now) {
    return message.createdAt().plus(PATIENCE).isAfter(now)
        ? new Settled.Postponed(message.id(), now.plus(ASK_AGAIN), false)
        : later(message, Failure.UNKNOWN_CUSTOMER, now);
  }

  private Settled later(Claimed message, Failure atLast, Instant now) {
    return retries.isLast(message.attempt())
        ? new Settled.Failed(message.id(), atLast, now)
        : new Settled.Postponed(message.id(), now.plus(retries.pause(message.attempt())), true);
  }
}
