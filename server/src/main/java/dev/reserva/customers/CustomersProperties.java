package dev.reserva.customers;

import dev.reserva.customers.domain.ContextWords;
import dev.reserva.platform.settings.Allowed;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.customers.*}
 *
 * @param failedLoginsPerUser for one user from all addresses together, except those from which the
 *     user has logged in before, until each further attempt must wait; at least 1
 * @param longestLoginDelay the wait doubles with each failed attempt up to this, 1 s to 24 h
 * @param loginsPerAddress per minute from one address, successful or not, at least 1; the staff of
 *     a shop may share an address
 * @param verificationLifetime how long a link to verify an e-mail address can be used, 10 min to 30
 *     d
 * @param resetLifetime how long a link to choose a password can be used, 10 min to 1 d
 * @param contextWords names of the shop, which a new password must not be built on; at most {@value
 *     #MOST_CONTEXT_WORDS} of {@value ContextWords#SHORTEST} to {@value #LONGEST_CONTEXT_WORD}
 *     characters
 */
@ConfigurationProperties("reserva.customers")
public record CustomersProperties(
    @DefaultValue("10") int failedLoginsPerUser,
    @DefaultValue("15m") Duration longestLoginDelay,
    @DefaultValue("300") int loginsPerAddress,
    @DefaultValue("7d") Duration verificationLifetime,
    @DefaultValue("1h") Duration resetLifetime,
    @DefaultValue("reserva") List<String> contextWords) {

  static final int MOST_CONTEXT_WORDS = 100;
  static final int LONGEST_CONTEXT_WORD = 64;

  public CustomersProperties {
    contextWords = List.copyOf(contextWords);
    Allowed.atLeast("reserva.customers.failed-logins-per-user", failedLoginsPerUser, 1);
    Allowed.range(
        "reserva.customers.longest-login-delay",
        longestLoginDelay,
        Duration.ofSeconds(1),
        Duration.ofHours(24));
    Allowed.atLeast("reserva.customers.logins-per-address", loginsPerAddress, 1);
    Allowed.range(
        "reserva.customers.verification-lifetime",
        verificationLifetime,
        Duration.ofMinutes(10),
        Duration.ofDays(30));
    Allowed.range(
        "reserva.customers.reset-lifetime",
        resetLifetime,
        Duration.ofMinutes(10),
        Duration.ofDays(1));
    Allowed.range(
        "number of reserva.customers.context-words", contextWords.size(), 0, MOST_CONTEXT_WORDS);
    for (String word : contextWords) {
      if (word.length() < ContextWords.SHORTEST || word.length() > LONGEST_CONTEXT_WORD) {
        throw new IllegalArgumentException(
            "reserva.customers.context-words must have words of %d..%d characters, had \"%s\""
                .formatted(ContextWords.SHORTEST, LONGEST_CONTEXT_WORD, word));
      }
    }
  }
}
