package dev.reserva.financial;

import dev.reserva.financial.application.CallPolicy;
import dev.reserva.financial.application.PaymentPolicy;
import dev.reserva.financial.domain.Backoff;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.platform.settings.Allowed;
import dev.reserva.platform.settings.ProviderUrl;
import dev.reserva.platform.settings.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.financial.*}
 *
 * @param provider {@code simulator}, which takes no money and approves what its token does not
 *     decline; {@code stripe}; or {@code none}: then every payment waits for an operator or a
 *     signed webhook
 * @param defaultMethod how an order is paid that does not say; if empty, the order waits for {@code
 *     POST /api/payments/process}
 * @param callTimeout of one call of the provider; after it the outcome is unknown, and the provider
 *     is asked about it
 * @param maxCalls most calls of the provider at a time, for payments and for refunds each. No less
 *     than a batch of events, so that all new payments of a batch are charged at once
 * @param firstBackoff pause before the provider is asked again; doubled each time
 * @param longestBackoff longest such pause
 * @param maxAttempts after so many attempts the payment is abandoned. With the other defaults that
 *     takes about half an hour; the order usually ends before
 * @param tries how many payments of an order may fail before the order ends; while tries are left
 *     and the stock is held, the buyer may pay anew
 * @param pendingInquiry how often the provider is asked about a payment that waits for the buyer,
 *     in case its webhook got lost
 * @param webhookSecret {@code whsec_} and base64; absent: generated into {@code
 *     <data>/webhook-secret}. With Stripe the secret of its endpoint, which is required
 * @param stripe how Stripe is reached, if it is the provider
 */
@ConfigurationProperties("reserva.financial")
public record FinancialProperties(
    @DefaultValue(FinancialProperties.SIMULATOR) String provider,
    @DefaultValue("credit_card") String defaultMethod,
    @DefaultValue("5s") Duration callTimeout,
    @DefaultValue("512") int maxCalls,
    @DefaultValue("250ms") Duration firstBackoff,
    @DefaultValue("30s") Duration longestBackoff,
    @DefaultValue("64") int maxAttempts,
    @DefaultValue("1") int tries,
    @DefaultValue("60s") Duration pendingInquiry,
    @Secret @Nullable String webhookSecret,
    @DefaultValue Stripe stripe) {

  static final String PROVIDER = "reserva.financial.provider";
  static final String SIMULATOR = "simulator";
  static final String STRIPE = "stripe";
  static final String NONE = "none";

  /**
   * {@code reserva.financial.stripe.*}
   *
   * @param url of Stripe's API; https, except on this machine
   * @param apiKey a secret or restricted key
   */
  public record Stripe(
      @DefaultValue("https://api.stripe.com") String url, @Secret @Nullable String apiKey) {

    public Stripe {
      apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey;
      ProviderUrl.checkBase("reserva.financial.stripe.url", url);
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
      return "Stripe[url=%s]".formatted(url);
    }
  }

  /** How long a claim outlives its call: time for the result to be recorded. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  public FinancialProperties {
    webhookSecret = webhookSecret == null || webhookSecret.isBlank() ? null : webhookSecret;
    if (!List.of(SIMULATOR, STRIPE, NONE).contains(provider)) {
      throw new IllegalArgumentException(
          "%s must be %s, %s or %s, was \"%s\""
              .formatted(PROVIDER, SIMULATOR, STRIPE, NONE, provider));
    }
    if (provider.equals(STRIPE) && (stripe.apiKey() == null || webhookSecret == null)) {
      throw new IllegalArgumentException(
          "%s is %s, so reserva.financial.stripe.api-key and reserva.financial.webhook-secret must be"
                  .formatted(PROVIDER, STRIPE)
              + " set");
    }
    requireMethod(defaultMethod);
    Duration least = Duration.ofMillis(1);
    Duration longest = Duration.ofDays(1);
    Allowed.range("reserva.financial.call-timeout", callTimeout, least, Duration.ofMinutes(5));
    Allowed.range("reserva.financial.max-calls", maxCalls, 1, 10_000);
    Allowed.range("reserva.financial.first-backoff", firstBackoff, least, longest);
    Allowed.range("reserva.financial.longest-backoff", longestBackoff, firstBackoff, longest);
    Allowed.atLeast("reserva.financial.max-attempts", maxAttempts, 1);
    Allowed.range("reserva.financial.tries", tries, 1, PaymentPolicy.MOST_TRIES);
    Allowed.range(
        "reserva.financial.pending-inquiry", pendingInquiry, Duration.ofMillis(10), longest);
  }

  private static void requireMethod(String name) {
    try {
      if (!name.isBlank()) {
        PaymentMethod _ = PaymentMethod.parse(name);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("reserva.financial.default-method: " + e.getMessage(), e);
    }
  }

  Optional<PaymentMethod> method() {
    return defaultMethod.isBlank()
        ? Optional.empty()
        : Optional.of(PaymentMethod.parse(defaultMethod));
  }

  PaymentPolicy paymentPolicy() {
    return new PaymentPolicy(method(), tries);
  }

  CallPolicy callPolicy() {
    return new CallPolicy(
        callTimeout,
        maxCalls,
        callTimeout.plus(GRACE),
        new Backoff(firstBackoff, longestBackoff),
        maxAttempts,
        pendingInquiry);
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "FinancialProperties[provider=%s, defaultMethod=%s, callPolicy=%s, stripe=%s]"
        .formatted(provider, defaultMethod, callPolicy(), stripe);
  }
}
