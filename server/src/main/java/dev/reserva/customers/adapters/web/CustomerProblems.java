package dev.reserva.customers.adapters.web;

import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.Problem;
import java.util.UUID;

/** Refusals as problems, and the rule who may see a customer. */
final class CustomerProblems {

  private CustomerProblems() {}

  /**
   * @throws Problem 404 if the customer is not for the caller to see, as if there were none
   */
  static void requireVisible(UUID id, Caller caller) {
    if (!caller.isStaff() && !id.equals(caller.customerId())) {
      throw notFound(id);
    }
  }

  static Problem notFound(UUID id) {
    return Problem.notFound("customer", id);
  }

  static Problem notForStaff(String detail) {
    return new Problem(403, "not-for-staff", "Not for staff to change", detail);
  }

  static Problem emailTaken() {
    return Problem.conflict(
        "email-taken", "The e-mail address is taken", "another customer has this e-mail address");
  }
}
