package dev.reserva.customers.application;

import dev.reserva.customers.domain.Password;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords. A call takes tens of milliseconds by design: never call it in a transaction.
 */
public interface Passwords {

  String hash(Password password);

  /**
   * Whether a typed password matches a hash. An absent hash takes the same time, so that the time
   * does not reveal whether a user exists.
   */
  boolean fits(String typed, @Nullable String hash);
}
