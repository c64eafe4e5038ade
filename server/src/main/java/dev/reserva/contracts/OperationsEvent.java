package dev.reserva.contracts;

import java.util.UUID;

/** Facts about messages that failed, and what operators did about them; keyed by dead letter. */
public sealed interface OperationsEvent {

  UUID deadLetterId();

  /** {@code operations.message.dead_lettered}: a subscription gave up on an event. */
  record MessageDeadLettered(
      UUID deadLetterId,
      String subscription,
      UUID eventId,
      String eventType,
      UUID key,
      int attempts,
      String errorType,
      String errorMessage)
      implements OperationsEvent {}

  /** {@code operations.message.retried} */
  record MessageRetried(
      UUID deadLetterId,
      String subscription,
      UUID eventId,
      String eventType,
      UUID key,
      boolean edited,
      String by)
      implements OperationsEvent {}

  /** {@code operations.message.discarded} */
  record MessageDiscarded(
      UUID deadLetterId,
      String subscription,
      UUID eventId,
      String eventType,
      UUID key,
      String reason,
      String by)
      implements OperationsEvent {}
}
