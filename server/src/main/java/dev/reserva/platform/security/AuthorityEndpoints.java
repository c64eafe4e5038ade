package dev.reserva.platform.security;

import dev.reserva.platform.security.RevocationSource.Answer;
import dev.reserva.platform.security.UsableApiKeys.UsableApiKey;
import dev.reserva.platform.web.InputErrors;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /internal/security}: what processes on other databases need to check tokens. The public
 * keys are not here, since they are {@linkplain PublishedKeys for everybody}.
 */
@Hidden
@RestController
final class AuthorityEndpoints {

  static final String REVOCATIONS = "/internal/security/revocations";
  static final String API_KEY_USES = "/internal/security/api-key-uses";

  private final RevocationSource revocations;
  private final UsableApiKeys keys;
  private final Clock clock;

  AuthorityEndpoints(RevocationSource revocations, UsableApiKeys keys, Clock clock) {
    this.revocations = revocations;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * @param digest SHA-256 of the key, 64 hexadecimal digits
   */
  record Use(@Nullable String digest) {}

  /**
   * @param key absent if the key is unknown, has expired or was revoked
   */
  record Used(@Nullable UsableApiKey key) {}

  @GetMapping(REVOCATIONS)
  Answer revocations(@RequestParam(required = false) @Nullable String since) {
    InputErrors errors = new InputErrors();
    String horizon = errors.optional("?since", since, AuthorityEndpoints::horizon);
    errors.throwIfAny();
    return revocations.since(horizon == null ? RevocationSource.BEGINNING : horizon);
  }

  @PostMapping(API_KEY_USES)
  Used use(@RequestBody Use body) {
    InputErrors errors = new InputErrors();
    String digest = errors.required("/digest", body.digest(), AuthorityEndpoints::digest);
    errors.throwIfAny();
    return new Used(keys.use(Objects.requireNonNull(digest), clock.instant()).orElse(null));
  }

  private static String horizon(String text) {
    if (!text.matches("[0-9]{1,20}")) {
      throw new IllegalArgumentException("must be the horizon of an answer, a whole number");
    }
    return text;
  }

  private static String digest(String text) {
    if (!text.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("must be a SHA-256 in 64 hexadecimal digits");
    }
    return text;
  }
}
