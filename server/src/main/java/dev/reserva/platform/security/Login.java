package dev.reserva.platform.security;

import java.util.UUID;

/**
 * The log-in that an access token belongs to.
 *
 * @param account of the user
 * @param version of the account when the token was issued, at least 1; a token of a lower version
 *     than the account's is refused
 * @param session ends with its refresh token
 */
public record Login(UUID account, int version, UUID session) {

  public Login {
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1, was " + version);
    }
  }
}
