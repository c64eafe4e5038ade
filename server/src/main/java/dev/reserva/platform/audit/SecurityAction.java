package dev.reserva.platform.audit;

/** What the audit trail tells of security, by its name on the wire. */
public enum SecurityAction {
  LOGIN_SUCCEEDED("security.login.succeeded"),
  LOGIN_FAILED("security.login.failed"),
  /** Too many attempts: the log-in was not even looked at. */
  LOGIN_LIMITED("security.login.limited"),
  LOGGED_OUT("security.logout"),
  /** A user ended one of its own sessions, by its id. */
  SESSION_ENDED("security.session.ended"),
  /** All tokens of an account were ended. */
  SESSIONS_ENDED("security.sessions.ended"),
  /** A token that is not valid: ill-formed, expired, revoked, of another issuer. */
  TOKEN_REFUSED("security.token.refused"),
  /** A refresh token came a second time. */
  REFRESH_TOKEN_REUSED("security.refresh_token.reused"),
  /** A valid caller without the role that a route wants. */
  ACCESS_DENIED("security.access.denied"),
  PASSWORD_CHANGED("security.password.changed"),
  PASSWORD_RESET_REQUESTED("security.password_reset.requested"),
  /** Somebody read the links by which passwords are reset and addresses verified. */
  LINKS_READ("security.links.read"),
  PASSWORD_RESET("security.password_reset.done"),
  EMAIL_VERIFIED("security.email.verified"),
  EMAIL_CHANGED("security.email.changed"),
  /** Somebody signed up with an address that is known already. */
  SIGN_UP_REPEATED("security.sign_up.repeated"),
  SECOND_FACTOR_ENROLLED("security.second_factor.enrolled"),
  SECOND_FACTOR_DISABLED("security.second_factor.disabled"),
  SECOND_FACTOR_RESET("security.second_factor.reset"),
  SECOND_FACTOR_FAILED("security.second_factor.failed"),
  RECOVERY_CODE_USED("security.recovery_code.used"),
  RECOVERY_CODES_RENEWED("security.recovery_codes.renewed"),
  API_KEY_CREATED("security.api_key.created"),
  API_KEY_REVOKED("security.api_key.revoked"),
  RATE_LIMITED("security.rate.limited"),
  CONNECTIONS_LIMITED("security.connections.limited"),
  WEBHOOK_SIGNATURE_REFUSED("security.webhook_signature.refused"),
  SIGNING_KEY_PUBLISHED("security.signing_key.published"),
  DATA_EXPORTED("security.data.exported"),
  /** A customer asked for the erasure of its own data. What staff asks for is a command. */
  ERASURE_REQUESTED("security.erasure.requested"),
  /** A request had what may be a card number where it must have none. */
  CARD_NUMBER_REFUSED("security.card_number.refused"),
  /** Security events that were counted and not recorded one by one, because there were too many. */
  OVERFLOW("security.audit.overflow");

  private final String wire;

  SecurityAction(String wire) {
    this.wire = wire;
  }

  /** The name on the wire. */
  public String wire() {
    return wire;
  }
}
