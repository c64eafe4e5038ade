package dev.reserva.platform.security;

import com.nimbusds.jose.jwk.ECKey;
import dev.reserva.platform.openapi.Answers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /.well-known/jwks.json}: the public keys of access tokens (RFC 7517). */
@Tag(name = "auth", description = "Tokens.")
@RestController
final class PublishedKeys {

  /** Shorter than the lead of a new key, so that nobody misses it. */
  private static final Duration CACHED = Duration.ofMinutes(5);

  private final SigningKeys keys;

  PublishedKeys(SigningKeys keys) {
    this.keys = keys;
  }

  record KeySet(List<PublicKey> keys) {}

  record PublicKey(
      @Schema(allowableValues = "EC") String kty,
      @Schema(allowableValues = "P-256") String crv,
      @Schema(description = "Coordinate in Base64url.") String x,
      @Schema(description = "Coordinate in Base64url.") String y,
      @Schema(description = "The `kid` of tokens that it signed.") String kid,
      @Schema(allowableValues = "sig") String use,
      @Schema(allowableValues = "ES256") String alg) {

    static PublicKey of(ECKey key) {
      return new PublicKey(
          key.getKeyType().getValue(),
          key.getCurve().getName(),
          key.getX().toString(),
          key.getY().toString(),
          key.getKeyID(),
          key.getKeyUse().getValue(),
          key.getAlgorithm().getName());
    }
  }

  @Operation(
      summary = "Get the public keys",
      description =
          "Access tokens are signed with one of them. A new key is published before it signs.")
  @Answers(body = KeySet.class)
  @GetMapping("/.well-known/jwks.json")
  ResponseEntity<KeySet> keys() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.maxAge(CACHED).cachePublic())
        .body(
            new KeySet(
                keys.published().getKeys().stream()
                    .map(key -> PublicKey.of(key.toECKey()))
                    .toList()));
  }
}
