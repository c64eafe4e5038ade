package dev.reserva.financial;

import dev.reserva.financial.adapters.messaging.OrderMessages;
import dev.reserva.financial.adapters.postgres.FinancialChecks;
import dev.reserva.financial.adapters.postgres.PostgresOrderNotes;
import dev.reserva.financial.adapters.postgres.PostgresPayments;
import dev.reserva.financial.adapters.postgres.PostgresReceivedWebhooks;
import dev.reserva.financial.adapters.postgres.PostgresRefunds;
import dev.reserva.financial.adapters.postgres.PostgresTakings;
import dev.reserva.financial.adapters.psp.NoProvider;
import dev.reserva.financial.adapters.psp.SimulatedProvider;
import dev.reserva.financial.adapters.psp.SimulatorLedger;
import dev.reserva.financial.adapters.psp.SimulatorLedgerCheck;
import dev.reserva.financial.adapters.psp.TokenOpeningProvider;
import dev.reserva.financial.adapters.web.PaymentsController;
import dev.reserva.financial.adapters.web.WebhookController;
import dev.reserva.financial.adapters.web.WebhookSignatures;
import dev.reserva.financial.application.AskProvider;
import dev.reserva.financial.application.AwaitOrder;
import dev.reserva.financial.application.FindPayments;
import dev.reserva.financial.application.FollowOrders;
import dev.reserva.financial.application.OrderNotes;
import dev.reserva.financial.application.PayRefunds;
import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.application.Payments;
import dev.reserva.financial.application.ProcessPayment;
import dev.reserva.financial.application.ProviderAccess;
import dev.reserva.financial.application.Receivables;
import dev.reserva.financial.application.ReceivedWebhooks;
import dev.reserva.financial.application.RefundPayment;
import dev.reserva.financial.application.Refunds;
import dev.reserva.financial.application.SettlePayment;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.files.DataFolder;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.integrity.OrderClaims;
import dev.reserva.platform.monitoring.HealthWarning;
import dev.reserva.platform.privacy.PaymentTokens;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.web.Commands;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.json.JsonMapper;

/** The wiring of financial. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FinancialProperties.class)
@Import(ReceivablesConfiguration.class)
public class FinancialConfiguration {

  static final String PAYMENTS_WORKER = "financial.payments";
  static final String REFUNDS_WORKER = "financial.refunds";

  /** Nothing wakes the workers when a retry is due or a lease ends. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  @Bean
  ServiceSchema financialSchema() {
    return new ServiceSchema("financial");
  }

  @Bean
  Payments payments() {
    return new PostgresPayments();
  }

  @Bean
  Refunds refunds() {
    return new PostgresRefunds();
  }

  @Bean
  OrderNotes orderNotes() {
    return new PostgresOrderNotes();
  }

  @Bean
  ReceivedWebhooks receivedWebhooks() {
    return new PostgresReceivedWebhooks();
  }

  /** The built-in provider. */
  @Configuration(proxyBeanMethods = false)
  @Conditional(UnlessForbidden.class)
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
    Worker refundsWorker(PayRefunds payRefunds) {
      return new Worker(REFUNDS_WORKER, LOOK_EVERY, payRefunds::step);
    }

    @Bean
    HealthWarning paymentsAreSimulated() {
      return new HealthWarning(
          "payments are simulated: no money is taken, and a payment is approved unless its token says"
              + " otherwise; reserva.financial.provider=none forbids it");
    }
  }

  /** A value that is neither leads here too: the check of the properties then refuses it. */
  static final class UnlessForbidden implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !new Forbidden().matches(context, metadata);
    }
  }

  static final class Forbidden implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return FinancialProperties.NONE.equals(
          context.getEnvironment().getProperty(FinancialProperties.PROVIDER));
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

  @Bean
  ProviderAccess providerAccess(PaymentProvider provider, FinancialProperties properties) {
    return new ProviderAccess(
        provider, properties.callPolicy(), () -> ThreadLocalRandom.current().nextLong());
  }

  @Bean(destroyMethod = "close")
  AskProvider askProvider(
      Payments payments,
      Refunds refunds,
      Receivables receivables,
      Transactions transactions,
      ProviderAccess access,
      Ids ids,
      Backbone backbone) {
    return new AskProvider(
        payments,
        refunds,
        receivables,
        transactions,
        access,
        ids,
        () -> backbone.wake(PAYMENTS_WORKER),
        () -> backbone.wake(REFUNDS_WORKER));
  }

  @Bean(destroyMethod = "close")
  PayRefunds payRefunds(
      Payments payments,
      Refunds refunds,
      Receivables receivables,
      Transactions transactions,
      ProviderAccess access,
      Backbone backbone) {
    return new PayRefunds(
        payments, refunds, receivables, transactions, access, () -> backbone.wake(REFUNDS_WORKER));
  }

  @Bean
  Worker paymentsWorker(AskProvider askProvider) {
    return new Worker(PAYMENTS_WORKER, LOOK_EVERY, askProvider::step);
  }

  @Bean
  Subscription financialSubscription(
      Payments payments,
      Refunds refunds,
      Receivables receivables,
      OrderNotes notes,
      AskProvider askProvider,
      Ids ids,
      FinancialProperties properties,
      Backbone backbone) {
    return new OrderMessages(
            new FollowOrders(
                payments,
                refunds,
                receivables,
                notes,
                askProvider,
                ids,
                properties.method(),
                () -> backbone.wake(PAYMENTS_WORKER),
                () -> backbone.wake(REFUNDS_WORKER)))
        .subscription();
  }

  @Bean
  SettlePayment settlePayment(
      Payments payments,
      Refunds refunds,
      Receivables receivables,
      ReceivedWebhooks webhooks,
      Ids ids,
      Backbone backbone) {
    return new SettlePayment(
        payments,
        refunds,
        receivables,
        webhooks,
        ids,
        () -> backbone.wake(PAYMENTS_WORKER),
        () -> backbone.wake(REFUNDS_WORKER));
  }

  @Bean
  PaymentsController paymentsController(
      Payments payments,
      Refunds refunds,
      OrderNotes notes,
      AskProvider askProvider,
      SettlePayment settlePayment,
      Ids ids,
      Transactions transactions,
      Commands commands,
      Backbone backbone,
      PaymentTokens tokens) {
    return new PaymentsController(
        new AwaitOrder(
            payments,
            notes,
            transactions,
            timeout -> backbone.awaitCaughtUp(OrderMessages.NAME, timeout)),
        new ProcessPayment(payments, notes, askProvider, ids, () -> backbone.wake(PAYMENTS_WORKER)),
        settlePayment,
        new RefundPayment(payments, refunds, ids, () -> backbone.wake(REFUNDS_WORKER)),
        new FindPayments(payments, refunds),
        transactions,
        commands,
        tokens);
  }

  @Bean
  WebhookController webhookController(
      SettlePayment settlePayment,
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
        settlePayment, new WebhookSignatures(secret, clock), commands, trail, json);
  }

  @Bean
  Routes financialRoutes() {
    return Routes.of(
        Route.of(HttpMethod.POST, "/api/payments/process", Role.OPERATOR, Role.CUSTOMER),
        Route.of(HttpMethod.GET, "/api/payments", Role.OPERATOR, Role.CUSTOMER),
        Route.of(HttpMethod.GET, "/api/payments/{id}", Role.OPERATOR, Role.CUSTOMER),
        Route.of(HttpMethod.PUT, "/api/payments/{id}/status", Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/payments/{id}/refund", Role.OPERATOR),
        Route.open(HttpMethod.POST, "/api/payments/webhook"));
  }

  @Bean
  IntegrityCheck capturedIsOnRecord() {
    return FinancialChecks.capturedIsOnRecord();
  }

  @Bean
  IntegrityCheck refundedWithinCaptured() {
    return FinancialChecks.refundedWithinCaptured();
  }

  @Bean
  IntegrityCheck refundsEqualBooks() {
    return FinancialChecks.refundsEqualBooks();
  }

  @Bean
  IntegrityCheck unwantedMoneyGoesBack() {
    return FinancialChecks.unwantedMoneyGoesBack();
  }

  @Bean
  IntegrityCheck ordersArePaidOnce() {
    return FinancialChecks.ordersArePaidOnce();
  }

  @Bean
  OrderClaims.Paid paidClaims() {
    return new PostgresTakings();
  }
}
