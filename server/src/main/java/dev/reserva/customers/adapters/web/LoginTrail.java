package dev.reserva.customers.adapters.web;

import dev.reserva.customers.application.Users;
import dev.reserva.customers.domain.User;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.SecurityEvents;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/**
 * Puts log-ins on record. A failed one names the user if there is one: a customer by its id, and
 * nobody by an unknown name, which may be a password in the wrong field.
 */
public final class LoginTrail {

  private final AuditTrail trail;
  private final Users users;
  private final Transactions transactions;

  public LoginTrail(AuditTrail trail, Users users, Transactions transactions) {
    this.trail = trail;
    this.users = users;
    this.transactions = transactions;
  }

  void succeeded(Caller caller, HttpServletRequest request) {
    trail.security(
        SecurityEvents.of(SecurityAction.LOGIN_SUCCEEDED, request, caller).about(caller.name()));
  }

  /** The password was right, and the code was wrong or did not count. */
  void secondFactorFailed(User user, HttpServletRequest request) {
    trail.security(
        SecurityEvents.of(SecurityAction.SECOND_FACTOR_FAILED, request, Caller.ANONYMOUS)
            .about(user.publicName()));
  }

  void recoveryCodeUsed(User user, HttpServletRequest request) {
    trail.security(
        SecurityEvents.of(SecurityAction.RECOVERY_CODE_USED, request, Caller.ANONYMOUS)
            .about(user.publicName()));
  }

  void failed(String username, HttpServletRequest request) {
    refused(SecurityAction.LOGIN_FAILED, username, request);
  }

  /** There were too many attempts, so that the password was not even looked at. */
  void limited(String username, HttpServletRequest request) {
    refused(SecurityAction.LOGIN_LIMITED, username, request);
  }

  private void refused(SecurityAction action, String username, HttpServletRequest request) {
    String known =
        transactions
            .snapshot(tx -> users.find(username.toLowerCase(Locale.ROOT), tx))
            .map(User::publicName)
            .orElse(null);
    trail.security(
        SecurityEvents.of(action, request, Caller.ANONYMOUS)
            .about(known)
            .with("user", known == null ? "unknown" : null));
  }
}
