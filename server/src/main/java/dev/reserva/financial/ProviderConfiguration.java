package dev.reserva.financial;

import dev.reserva.financial.adapters.psp.NoProvider;
import dev.reserva.financial.adapters.psp.SimulatedProvider;
import dev.reserva.financial.adapters.psp.SimulatorLedger;
import dev.reserva.financial.adapters.psp.SimulatorLedgerCheck;
import dev.reserva.financial.adapters.psp.StripeIntents;
import dev.reserva.financial.adapters.psp.StripeProvider;
import dev.reserva.financial.adapters.psp.TokenOpeningProvider;
import dev.reserva.financial.adapters.web.ReviewedWebhooks;
import dev.reserva.financial.adapters.web.StripeSignatures;
import dev.reserva.financial.adapters.web.StripeWebhookController;
import dev.reserva.financial.adapters.web.WebhookController;
import dev.reserva.financial.adapters.web.WebhookSignatures;
import dev.reserva.financial.application.PayRefunds;
import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.application.SettlePayment;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.files.DataFolder;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.monitoring.HealthWarning;
import dev.reserva.platform.privacy.PaymentTokens;
import dev.reserva.platform.web.Commands;
import java.time.Clock;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import tools.jackson.databind.json.JsonMapper;

/**
 * Wires the payment provider that {@code reserva.financial.provider} names, with what belongs to
 * it.
 */
@Configuration(proxyBeanMethods = false)
class ProviderConfiguration {

  /** The built-in provider. */
  @Configuration(proxyBeanMethods = false)
  @Conditional(Simulated.class)
  static class Simulator {

    @Bean
    ServiceSchema pspSimulatorSchema() {
      return new ServiceSchema("psp_simulator");
    }

    @Bean(destroyMethod = "close")
    SimulatorLedger simulatorLedger(Transactions transactions) {
      return new SimulatorLedger(transactions);
    }

    @Bean
    PaymentProvider paymentProvider(SimulatorLedger ledger, Clock clock, PaymentTokens tokens) {
      return new TokenOpeningProvider(new SimulatedProvider(ledger, clock), tokens);
    }

    @Bean
    IntegrityCheck booksEqualProviderLedger() {
      return SimulatorLedgerCheck.booksEqualLedger();
    }

    @Bean
    HealthWarning paymentsAreSimulated() {
      return new HealthWarning(
          "payments are simulated: no money is taken, and a payment is approved unless its token says"
              + " otherwise; reserva.financial.provider=none forbids it");
    }
  }

  /** Stripe, and its webhooks. */
  @Configuration(proxyBeanMethods = false)
  @Conditional(ByStripe.class)
  static class Stripe {

    @Bean
    StripeIntents stripeIntents(Transactions transactions) {
      return new StripeIntents(transactions);
    }

    @Bean
    PaymentProvider paymentProvider(
        StripeIntents intents, FinancialProperties properties, PaymentTokens tokens) {
      return new TokenOpeningProvider(
          new StripeProvider(
              intents,
              properties.stripe().url(),
              Objects.requireNonNull(properties.stripe().apiKey()),
              properties.callTimeout()),
          tokens);
    }

    @Bean
    StripeWebhookController stripeWebhookController(
        SettlePayment settlePayment,
        ReviewedWebhooks reviewed,
        StripeIntents intents,
        FinancialProperties properties,
        Commands commands,
        AuditTrail trail,
        JsonMapper json,
        Clock clock) {
      return new StripeWebhookController(
          settlePayment,
          reviewed,
          intents,
          new StripeSignatures(Objects.requireNonNull(properties.webhookSecret()), clock),
          commands,
          trail,
          json);
    }
  }

  /** Stripe with a key of its test mode. */
  @Configuration(proxyBeanMethods = false)
  @Conditional(ByStripeInTestMode.class)
  static class StripeInTestMode {

    @Bean
    HealthWarning paymentsAreTests() {
      return new HealthWarning(
          "the API key of Stripe is one of its test mode: no money is taken; a key of the live mode"
              + " begins with sk_live_ or rk_live_");
    }
  }

  /** The webhooks of every provider but Stripe, by the scheme of Standard Webhooks. */
  @Configuration(proxyBeanMethods = false)
  @Conditional(UnlessStripe.class)
  static class StandardWebhooks {

    @Bean
    WebhookController webhookController(
        SettlePayment settlePayment,
        ReviewedWebhooks reviewed,
        FinancialProperties properties,
        DataFolder data,
        Commands commands,
        AuditTrail trail,
        JsonMapper json,
        Clock clock) {
      String secret =
          properties.webhookSecret() == null
              ? data.secret("webhook-secret", WebhookSignatures::newSecret)
              : Objects.requireNonNull(properties.webhookSecret());
      return new WebhookController(
          settlePayment, reviewed, new WebhookSignatures(secret, clock), commands, trail, json);
    }
  }

  /** With any provider, owed money goes back. */
  @Configuration(proxyBeanMethods = false)
  @Conditional(UnlessForbidden.class)
  static class WithProvider {

    @Bean
    Worker refundsWorker(PayRefunds payRefunds) {
      return new Worker(
          FinancialConfiguration.REFUNDS_WORKER,
          FinancialConfiguration.LOOK_EVERY,
          payRefunds::step);
    }
  }

  /**
   * Without a provider. No worker pays refunds: they stay owed until there is a provider to give
   * the money back.
   */
  @Configuration(proxyBeanMethods = false)
  @Conditional(Forbidden.class)
  static class WithoutProvider {

    @Bean
    PaymentProvider paymentProvider() {
      return new NoProvider();
    }
  }

  /** A value that is none of these leads here too: the check of the properties then refuses it. */
  static final class Simulated implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !is(FinancialProperties.NONE, context) && !is(FinancialProperties.STRIPE, context);
    }
  }

  static final class ByStripe implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return is(FinancialProperties.STRIPE, context);
    }
  }

  static final class ByStripeInTestMode implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      String key = context.getEnvironment().getProperty("reserva.financial.stripe.api-key");
      return is(FinancialProperties.STRIPE, context)
          && key != null
          && (key.startsWith("sk_test_") || key.startsWith("rk_test_"));
    }
  }

  static final class UnlessStripe implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !is(FinancialProperties.STRIPE, context);
    }
  }

  static final class Forbidden implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return is(FinancialProperties.NONE, context);
    }
  }

  static final class UnlessForbidden implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !is(FinancialProperties.NONE, context);
    }
  }

  private static boolean is(String provider, ConditionContext context) {
    return provider.equals(context.getEnvironment().getProperty(FinancialProperties.PROVIDER));
  }
}
