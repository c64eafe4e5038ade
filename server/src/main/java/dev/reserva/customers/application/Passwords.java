package dev.reserva.customers.application;

import dev.reserva.customers.domain.Password;
import org.jspecify.annotations.Nullable;

/** Hashes passwords, slowly on purpose: never call it inside a transaction. */
public interface Passwords {

  String hash(Password password);

  /**
   * Whether a typed password fits a hash. Takes as long for an absent hash, so that the time does
   * not tell whether a user exists.
   */
  boolean fits(String typed, @Nullable String hash);
}
