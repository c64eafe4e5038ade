package dev.reserva.platform.security;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Instant;

/** The keys of this system's own tokens. As a source it offers the public keys. */
interface TokenKeys extends JWKSource<SecurityContext> {

  /** The key that signs now, with its private part. */
  ECKey signing(Instant now);
}
