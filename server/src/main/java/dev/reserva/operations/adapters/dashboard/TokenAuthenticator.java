package dev.reserva.operations.adapters.dashboard;

import java.time.Instant;
import java.util.Optional;

/** Knows who may watch the live feed. */
@FunctionalInterface
public interface TokenAuthenticator {

  /**
   * @return empty when the token is not valid, or its bearer may not watch
   */
  Optional<Admission> admit(String token);

  /**
   * @param until when the token expires
   */
  record Admission(String name, Instant until) {}
}
