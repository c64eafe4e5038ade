package dev.reserva.notifications;

import dev.reserva.notifications.domain.Numbering;
import dev.reserva.platform.settings.Allowed;
import dev.reserva.platform.settings.ProviderUrl;
import dev.reserva.platform.settings.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.notifications.sms.*}: Twilio, or a service with its API.
 *
 * @param account SID of the account; absent: messages are written into {@code <data>/outbox}
 * @param token the account's secret
 * @param from number or sender id that messages are from
 * @param url of the API; https, except on this machine
 * @param timeout of a request, 100 ms to 1 min
 * @param countryCode of customers' numbers that do not name their country; absent: these customers
 *     get no SMS
 * @param facts that customers are told by SMS, by the names of their templates
 */
public record SmsProperties(
    @Nullable String account,
    @Secret @Nullable String token,
    @Nullable String from,
    @DefaultValue("https://api.twilio.com") String url,
    @DefaultValue("10s") Duration timeout,
    @Nullable String countryCode,
    @DefaultValue({"order-shipped", "order-delivered", "order-cancelled"}) List<String> facts) {

  private static final String PREFIX = "reserva.notifications.sms.";

  public SmsProperties {
    account = account == null || account.isBlank() ? null : account;
    token = token == null || token.isBlank() ? null : token;
    from = from == null || from.isBlank() ? null : from;
    countryCode = countryCode == null || countryCode.isBlank() ? null : countryCode;
    facts = List.copyOf(facts);
    if (account != null && (token == null || from == null || !account.matches("[A-Za-z0-9]+"))) {
      throw new IllegalArgumentException(
          "%1$saccount is set, so it must have letters and digits, and %1$stoken and %1$sfrom must be set"
              .formatted(PREFIX));
    }
    ProviderUrl.checkBase(PREFIX + "url", url);
    Allowed.range(PREFIX + "timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    try {
      var _ = new Numbering(countryCode);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PREFIX + "country-code: " + e.getMessage(), e);
    }
    NotificationsProperties.checkFacts(PREFIX + "facts", facts);
  }

  Numbering numbering() {
    return new Numbering(countryCode);
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "SmsProperties[account=%s, url=%s]".formatted(account, url);
  }
}
