package dev.reserva.webhooks.application;

import dev.reserva.webhooks.domain.Answer;
import java.time.Instant;
import java.util.UUID;

/** The systems that deliveries are posted to. */
public interface Receivers {

  /**
   * Posts a message within a limited time.
   *
   * @return the answer, or why there was none; never an exception for what the other side does
   */
  Answer post(Posting posting);

  record Posting(String url, UUID message, Instant at, String signatures, String body) {}
}
