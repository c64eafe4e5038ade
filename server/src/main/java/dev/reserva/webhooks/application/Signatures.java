package dev.reserva.webhooks.application;

import dev.reserva.webhooks.domain.Endpoint;
import java.time.Instant;
import java.util.UUID;

/** The secrets of endpoints, and signatures made with them. */
public interface Signatures {

  /** A new random secret in clear. */
  String fresh();

  /** The secret as it is stored; it opens for this endpoint only. */
  String seal(String secret, UUID endpoint);

  /**
   * The signatures of a message with each secret that is valid, separated by spaces.
   *
   * @throws IllegalStateException if a secret was sealed by another installation
   */
  String sign(Endpoint endpoint, UUID message, Instant at, String body);
}
