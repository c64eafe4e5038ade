package dev.reserva.messaging;

import dev.reserva.messaging.DeadLetters.Outcome;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Operators' commands on dead letters, each in a transaction of its own. */
public record OperatorCommands(DeadLetters deadLetters, Transactions transactions) {

  public Outcome retry(UUID id, @Nullable String editedData, String by) {
    return transactions.call(tx -> deadLetters.retry(id, editedData, by, tx));
  }

  public int retryAll(
      @Nullable String subscription,
      @Nullable String eventType,
      @Nullable String errorType,
      String by,
      int limit) {
    return transactions.call(
        tx -> deadLetters.retryAll(subscription, eventType, errorType, by, limit, tx));
  }

  public Outcome discard(UUID id, String reason, String by) {
    return transactions.call(tx -> deadLetters.discard(id, reason, by, tx));
  }
}
