package dev.reserva.platform.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

/**
 * What the tokens and API keys of this system are checked by.
 *
 * @param name of what has the logins, for answers when it is down, such as {@code the database}
 */
record TokenAuthority(String name, JWKSource<SecurityContext> keys, UsableApiKeys apiKeys) {}
