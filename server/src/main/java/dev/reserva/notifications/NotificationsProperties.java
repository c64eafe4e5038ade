package dev.reserva.notifications;

import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Fact;
import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.QuietHours;
import dev.reserva.platform.settings.Allowed;
import dev.reserva.platform.settings.ProviderUrl;
import dev.reserva.platform.settings.Secret;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.notifications.*}
 *
 * @param sender address that mails are from
 * @param shopName as messages name the shop
 * @param operators e-mail addresses that alerts go to, at most {@value #MOST_OPERATORS}; without
 *     one there are no alerts
 * @param language of customers who have not chosen one, and of alerts: en, pt or es
 * @param zone in which messages tell times
 * @param templates folder of templates that count before those of the program; absent: none
 * @param perSecond most messages that leave in a second, 1..10,000
 * @param gather how long a message of a step that another one usually follows within moments waits
 *     for it, 0 s to 1 min: the further step is told instead
 * @param maxAge facts that are older are told nobody, 1 min to 7 d
 * @param maxAttempts to send one message, 1..100
 * @param retention how long messages and their history are kept, 8 d to 10 years; longer than
 *     maxAge, so that no fact is told twice
 * @param publicUrl of the API, as customers reach it; absent: mails have no link to unsubscribe
 * @param dailyCap most messages that a recipient gets by a channel on a day, 1..10,000; what a
 *     customer has to know of its orders is not counted
 * @param quietHours in which messages wait
 * @param history where the words of messages are: postgres or mongodb
 */
@ConfigurationProperties("reserva.notifications")
public record NotificationsProperties(
    @DefaultValue("shop@localhost") String sender,
    @DefaultValue("Reserva") String shopName,
    @DefaultValue List<String> operators,
    @DefaultValue("en") String language,
    @DefaultValue("UTC") String zone,
    @Nullable String templates,
    @DefaultValue("100") int perSecond,
    @DefaultValue("3s") Duration gather,
    @DefaultValue("24h") Duration maxAge,
    @DefaultValue("12") int maxAttempts,
    @DefaultValue("90d") Duration retention,
    @Nullable String publicUrl,
    @DefaultValue("20") int dailyCap,
    @DefaultValue Quiet quietHours,
    @DefaultValue(NotificationsProperties.POSTGRES) String history,
    @DefaultValue MongoProperties mongodb,
    @DefaultValue Smtp smtp,
    @DefaultValue SmsProperties sms,
    @DefaultValue PushProperties push) {

  static final int MOST_OPERATORS = 20;
  static final String POSTGRES = "postgres";
  static final String MONGODB = "mongodb";

  /**
   * Quiet hours of the channels in the time zone of the messages, such as {@code 22:00-08:00}.
   *
   * @param email of mails that can be unsubscribed; absent: none
   * @param sms absent: none
   * @param push absent: none
   */
  public record Quiet(@Nullable String email, @Nullable String sms, @Nullable String push) {

    public Quiet {
      check("email", email);
      check("sms", sms);
      check("push", push);
    }

    private static void check(String channel, @Nullable String text) {
      try {
        var _ = hours(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "reserva.notifications.quiet-hours.%s: %s".formatted(channel, e.getMessage()), e);
      }
    }

    private static Optional<QuietHours> hours(@Nullable String text) {
      return Optional.ofNullable(text).filter(it -> !it.isBlank()).map(QuietHours::parse);
    }

    Map<Channel, QuietHours> byChannel() {
      Map<Channel, QuietHours> hours = new EnumMap<>(Channel.class);
      hours(email).ifPresent(it -> hours.put(Channel.EMAIL, it));
      hours(sms).ifPresent(it -> hours.put(Channel.SMS, it));
      hours(push).ifPresent(it -> hours.put(Channel.PUSH, it));
      return hours;
    }
  }

  /**
   * The mail server.
   *
   * @param host absent: mails are written into {@code <data>/outbox}
   * @param port 1..65,535
   * @param username absent: no authentication
   * @param security of the connection: none, starttls or tls
   */
  public record Smtp(
      @Nullable String host,
      @DefaultValue("587") int port,
      @Nullable String username,
      @Secret @Nullable String password,
      @DefaultValue("starttls") String security) {

    private static final List<String> SECURITIES = List.of("none", "starttls", "tls");

    public Smtp {
      host = host == null || host.isBlank() ? null : host;
      username = username == null || username.isBlank() ? null : username;
      Allowed.range("reserva.notifications.smtp.port", port, 1, 65_535);
      if (!SECURITIES.contains(security)) {
        throw new IllegalArgumentException(
            "reserva.notifications.smtp.security must be one of %s, was \"%s\""
                .formatted(String.join(", ", SECURITIES), security));
      }
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
      return "Smtp[host=%s, port=%d, security=%s]".formatted(host, port, security);
    }
  }

  public NotificationsProperties {
    operators = List.copyOf(operators);
    templates = templates == null || templates.isBlank() ? null : templates;
    publicUrl = publicUrl == null || publicUrl.isBlank() ? null : publicUrl;
    if (publicUrl != null) {
      ProviderUrl.checkBase("reserva.notifications.public-url", publicUrl);
    }
    if (!List.of(POSTGRES, MONGODB).contains(history)) {
      throw new IllegalArgumentException(
          "reserva.notifications.history must be %s or %s, was \"%s\""
              .formatted(POSTGRES, MONGODB, history));
    }
    if (history.equals(MONGODB) && mongodb.url() == null) {
      throw new IllegalArgumentException(
          "reserva.notifications.history is mongodb, so reserva.notifications.mongodb.url must be set");
    }
    Allowed.range("reserva.notifications.daily-cap", dailyCap, 1, 10_000);
    Allowed.range("number of reserva.notifications.operators", operators.size(), 0, MOST_OPERATORS);
    try {
      Language _ = Language.ofWire(language);
      ZoneId _ = ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "reserva.notifications.zone must be like UTC or America/Sao_Paulo, was \"%s\""
              .formatted(zone),
          e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("reserva.notifications.language: " + e.getMessage(), e);
    }
    Allowed.range("reserva.notifications.per-second", perSecond, 1, 10_000);
    Allowed.range("reserva.notifications.gather", gather, Duration.ZERO, Duration.ofMinutes(1));
    Allowed.range(
        "reserva.notifications.max-age", maxAge, Duration.ofMinutes(1), Duration.ofDays(7));
    Allowed.range("reserva.notifications.max-attempts", maxAttempts, 1, 100);
    Allowed.range(
        "reserva.notifications.retention", retention, Duration.ofDays(8), Duration.ofDays(3_650));
  }

  /** What is told by SMS and push too. */
  Map<Channel, Set<Fact>> byPhone() {
    return Map.of(Channel.SMS, facts(sms.facts()), Channel.PUSH, facts(push.facts()));
  }

  private static Set<Fact> facts(List<String> names) {
    return names.stream().map(Fact::forCustomers).collect(Collectors.toSet());
  }

  /** Checks the names of facts. */
  static void checkFacts(String property, List<String> names) {
    try {
      var _ = facts(names);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s %s".formatted(property, e.getMessage()), e);
    }
  }

  Language shopLanguage() {
    return Language.ofWire(language);
  }
}
