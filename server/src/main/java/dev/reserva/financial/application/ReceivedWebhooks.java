package dev.reserva.financial.application;

import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;

/** Webhooks that took effect, kept for as long as their signature is accepted. */
public interface ReceivedWebhooks {

  /**
   * Remembers a webhook, and forgets those received before the given time.
   *
   * @return whether it is new; of two at once, the second waits for the first one's transaction
   */
  boolean remember(String id, Instant receivedAt, Instant forgetBefore, UnitOfWork tx);
}
