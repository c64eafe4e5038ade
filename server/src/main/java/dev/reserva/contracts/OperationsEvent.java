package dev.reserva.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Facts about messages that failed and what operators did about them, keyed by dead letter; and the
 * audit trail, keyed by record.
 */
public sealed interface OperationsEvent {

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

  /**
   * {@code operations.audit.recorded}: what one actor did, or tried to do. Commands of one kind
   * that an actor had committed in one transaction share a record.
   *
   * @param actorKind {@code staff}, {@code api_key}, {@code customer}, {@code anonymous} or {@code
   *     system}
   * @param roles of the actor at that time
   * @param address network address of the client; empty where there is no client
   * @param action such as {@code inventory.product.update}; for security events it begins with
   *     {@code security.}
   * @param entries 1..{@value #MAX_ENTRIES}
   */
  record AuditRecorded(
      UUID recordId,
      String actor,
      String actorKind,
      List<String> roles,
      String address,
      String action,
      List<AuditEntry> entries)
      implements OperationsEvent {

    public static final int MAX_ENTRIES = 100;
  }

  /**
   * One command or security event.
   *
   * @param at when it happened; of several equal ones, the first
   * @param subject id or name of what it is about
   * @param correlationId of the request
   * @param times how many equal ones this entry stands for
   * @param changes what changed; without personal data and secrets
   */
  record AuditEntry(
      Instant at,
      @Nullable String subject,
      String correlationId,
      int times,
      List<AuditChange> changes) {}

  /** One changed member. An added one has no value before, a removed one none after. */
  record AuditChange(String field, @Nullable String before, @Nullable String after) {}
}
