package dev.reserva.customers.adapters.web;

import dev.reserva.customers.application.ProvePassword;
import dev.reserva.customers.domain.User;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.ClientAddress;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.SecurityEvents;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks the holder of a token for the current password. Wrong ones count as failed log-ins, so that
 * who has stolen a token cannot guess the password.
 */
public final class CurrentPassword {

  private final ProvePassword proving;
  private final LoginLimits limits;
  private final AuditTrail trail;

  public CurrentPassword(ProvePassword proving, LoginLimits limits, AuditTrail trail) {
    this.proving = proving;
    this.limits = limits;
    this.trail = trail;
  }

  /**
   * Checks the password, and puts a wrong one on record.
   *
   * @return the caller's login
   * @throws Problem 403 if the password is wrong or the caller has no login here; 429 after too
   *     many wrong ones
   */
  User proven(Caller caller, String typed, HttpServletRequest request) {
    return proven(caller, typed, request, CurrentPassword::wrong);
  }

  /**
   * The same, with another refusal.
   *
   * @param refusal what a caller gets who does not prove the password
   * @throws Problem the refusal; 429 after too many wrong passwords
   */
  User proven(Caller caller, String typed, HttpServletRequest request, Supplier<Problem> refusal) {
    if (caller.accountId() == null) {
      throw refusal.get();
    }
    return check(caller, typed, request)
        .orElseThrow(() -> {
          trail.security(
              SecurityEvents.of(SecurityAction.LOGIN_FAILED, request, caller)
                  .about(caller.name())
                  .with("password", "the current one, asked for again"));
          return refusal.get();
        });
  }

  private Optional<User> check(Caller caller, String typed, HttpServletRequest request) {
    LoginLimits.Attempt attempt = limits.attempt(caller.name(), ClientAddress.of(request));
    Optional<User> login =
        (caller.customerId() == null
                ? proving.ofStaff(caller.name(), typed)
                : proving.ofCustomer(caller.customerId(), typed))
            .filter(user -> user.id().equals(caller.accountId()));
    login.ifPresent(_ -> attempt.succeeded());
    return login;
  }

  static Problem wrong() {
    return new Problem(
        403,
        "wrong-password",
        "The password is wrong",
        "the current password is wrong, or the caller has no login here");
  }
}
