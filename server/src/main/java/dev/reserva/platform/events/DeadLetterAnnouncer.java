package dev.reserva.platform.events;

import dev.reserva.contracts.OperationsEvent.MessageDeadLettered;
import dev.reserva.contracts.OperationsEvent.MessageDiscarded;
import dev.reserva.contracts.OperationsEvent.MessageRetried;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.UnitOfWork;

/**
 * Publishes an event for each change of a dead letter. It is published in the transaction of the
 * change, and its cause is the event that failed.
 */
public final class DeadLetterAnnouncer implements DeadLetters.Announcer {

  /** Maximum length of a published error text. The dead letter keeps the whole text. */
  static final int MAX_MESSAGE_LENGTH = 500;

  private static final String OWN_EVENTS = "operations.message.";

  @Override
  public void deadLettered(DeadLetter letter, UnitOfWork tx) {
    // A dead letter of these events is not published. A failing consumer would cause them without
    // end.
    if (letter.event().type().startsWith(OWN_EVENTS)) {
      return;
    }
    tx.publish(
        new MessageDeadLettered(
            letter.id(),
            letter.subscription(),
            letter.event().id(),
            letter.event().type(),
            letter.event().key(),
            letter.attempts(),
            letter.errorType(),
            shortened(letter.errorMessage())),
        letter.event().cause());
  }

  @Override
  public void retried(DeadLetter letter, boolean edited, String by, UnitOfWork tx) {
    tx.publish(
        new MessageRetried(
            letter.id(),
            letter.subscription(),
            letter.event().id(),
            letter.event().type(),
            letter.event().key(),
            edited,
            by),
        letter.event().cause());
  }

  @Override
  public void discarded(DeadLetter letter, String reason, String by, UnitOfWork tx) {
    tx.publish(
        new MessageDiscarded(
            letter.id(),
            letter.subscription(),
            letter.event().id(),
            letter.event().type(),
            letter.event().key(),
            reason,
            by),
        letter.event().cause());
  }

  private static String shortened(String message) {
    return message.length() <= MAX_MESSAGE_LENGTH
        ? message
        : message.substring(0, MAX_MESSAGE_LENGTH - 1) + "…";
  }
}
