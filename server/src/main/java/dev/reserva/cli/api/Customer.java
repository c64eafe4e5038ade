package dev.reserva.cli.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer. */
public record Customer(UUID id, String name, String email) {

  /**
   * What is needed to create one.
   *
   * @param password absent: the customer cannot log in
   */
  public record New(String name, String email, @Nullable String password) {}
}
