package dev.reserva.customers.application;

import dev.reserva.customers.domain.Password;

/** The passwords that an attacker tries first. */
public interface CommonPasswords {

  /** Whether it is one of them, in upper or lower case. */
  boolean contains(Password password);
}
