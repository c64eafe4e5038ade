package dev.reserva.operations.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that a subscription has not handled, so that later events of its key wait.
 *
 * @param id of the dead letter, if it is one
 * @param dueAt when it is tried again; absent for a dead letter
 * @param since when it failed for the first time
 */
public record Blockade(
    UUID id,
    UUID key,
    String subscription,
    UUID eventId,
    String eventType,
    int attempts,
    @Nullable Instant dueAt,
    String errorType,
    String errorMessage,
    Instant since) {

  /** What an operator looks at first: a dead letter does not go away by itself. */
  public static final Comparator<Blockade> WORST_FIRST =
      Comparator.comparing(Blockade::isRetried)
          .thenComparing(Blockade::since)
          .thenComparing(blockade -> blockade.id().toString());

  /** Whether it is tried again by itself. */
  public boolean isRetried() {
    return dueAt != null;
  }
}
