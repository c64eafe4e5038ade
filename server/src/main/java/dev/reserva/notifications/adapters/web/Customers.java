package dev.reserva.notifications.adapters.web;

import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.Problem;
import java.util.UUID;

/** The customer of a login. */
final class Customers {

  private Customers() {}

  /**
   * @throws Problem 404 if the login belongs to no customer
   */
  static UUID own(Caller caller) {
    if (caller.customerId() == null) {
      throw new Problem(404, "not-found", "Not found", "this login belongs to no customer");
    }
    return caller.customerId();
  }
}
