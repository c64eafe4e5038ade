package dev.reserva.platform.privacy;

import dev.reserva.platform.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.privacy.*}
 *
 * @param secret from which the keys follow that payment tokens and the keys of customers are sealed
 *     with, at least 32 bytes; absent: generated once into {@code <data>/privacy-secret}. All
 *     processes of one database need the same
 * @param formerSecrets those of before, which open what was sealed with them and seal nothing
 */
@ConfigurationProperties("reserva.privacy")
public record PrivacyProperties(
    @Secret @Nullable String secret, @Secret @DefaultValue List<String> formerSecrets) {

  private static final int MIN_BYTES = 32;

  public PrivacyProperties {
    secret = secret == null || secret.isBlank() ? null : secret;
    formerSecrets = List.copyOf(formerSecrets);
    if (secret != null) {
      requireLength("reserva.privacy.secret", secret);
    }
    for (String former : formerSecrets) {
      requireLength("reserva.privacy.former-secrets", former);
    }
  }

  private static void requireLength(String name, String secret) {
    int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < MIN_BYTES) {
      throw new IllegalArgumentException(
          "%s must have at least %d bytes, had %d".formatted(name, MIN_BYTES, bytes));
    }
  }

  /** Leaves the secrets out, because this text is logged. */
  @Override
  public String toString() {
    return "PrivacyProperties[formerSecrets=%d]".formatted(formerSecrets.size());
  }
}
