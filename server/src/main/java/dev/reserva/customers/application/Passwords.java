package dev.reserva.customers.application;

import dev.reserva.customers.domain.Password;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords. A call takes tens of milliseconds by design: never call it in a transaction.
 *
 * <p>Hashes are made in bounded pools. A call for which there is no place is refused with {@link
 * dev.reserva.messaging.Overloaded}.
 */
public interface Passwords {

  /** What a hash is made for. No share can starve another one. */
  enum Share {
    /** Of those who have a login: they log in, or choose a new password. */
    LOG_IN,
    /** Of those who sign up or are registered: anybody can cause this work. */
    REGISTRATION
  }

  String hash(Password password, Share share);

  /**
   * Whether a typed password matches a hash; in the share {@link Share#LOG_IN}. An absent hash
   * takes the same time, so that the time does not reveal whether a user exists.
   */
  boolean fits(String typed, @Nullable String hash);

  /**
   * The hash of today for a password that fits an outdated one.
   *
   * @return empty if the hash is of today, or if there is no place to make another one
   */
  Optional<String> upgraded(String typed, String hash);
}
