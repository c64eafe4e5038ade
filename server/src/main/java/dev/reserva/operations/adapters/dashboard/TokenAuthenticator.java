package dev.reserva.operations.adapters.dashboard;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Decides by a token whether a client may watch the live feed. */
@FunctionalInterface
public interface TokenAuthenticator {

  /**
   * @return empty when the token is not valid, or its caller may not watch the feed
   */
  Optional<Admission> admit(String token);

  /**
   * @param isValid whether the token is still accepted: it has not expired and was not revoked
   */
  record Admission(String name, BooleanSupplier isValid) {}
}
