package dev.reserva.operations.adapters.dashboard;

import java.time.Instant;
import java.util.Optional;

/** Decides by a token whether a client may watch the live feed. */
@FunctionalInterface
public interface TokenAuthenticator {

  /**
   * @return empty when the token is not valid, or its caller may not watch the feed
   */
  Optional<Admission> admit(String token);

  /**
   * @param until when the token expires
   */
  record Admission(String name, Instant until) {}
}
