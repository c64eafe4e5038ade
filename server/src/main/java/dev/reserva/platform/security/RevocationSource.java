package dev.reserva.platform.security;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Where a process reads which tokens are revoked: its database, or the process that has them. */
@FunctionalInterface
interface RevocationSource {

  /** Before the first read. */
  String BEGINNING = "0";

  /**
   * What was revoked since a read. A revocation may be in several answers, and is missing in none.
   *
   * @param horizon of the read before; {@link #BEGINNING} for all
   */
  Answer since(String horizon);

  /**
   * @param horizon for the next read: digits, which never become lower on one database
   */
  record Answer(String horizon, List<Revocation> revocations) {}

  /**
   * @param subject an account, a session or an API key
   * @param validFromVersion the subject's tokens with a lower version are refused
   * @param expiresAt when no token can be left
   */
  record Revocation(UUID subject, int validFromVersion, Instant expiresAt) {

    /** A session and an API key have no versions: all of their tokens are refused. */
    static final int ALL_VERSIONS = Integer.MAX_VALUE;

    /** Both in one. */
    Revocation or(Revocation other) {
      return new Revocation(
          subject,
          Math.max(validFromVersion, other.validFromVersion),
          expiresAt.isAfter(other.expiresAt) ? expiresAt : other.expiresAt);
    }
  }
}
