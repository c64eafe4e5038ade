package dev.reserva.financial;

import dev.reserva.financial.adapters.messaging.OrderMessages;
import dev.reserva.financial.adapters.postgres.FinancialChecks;
import dev.reserva.financial.adapters.postgres.PostgresOrderNotes;
import dev.reserva.financial.adapters.postgres.PostgresPayments;
import dev.reserva.financial.adapters.postgres.PostgresReceivedWebhooks;
import dev.reserva.financial.adapters.postgres.PostgresRefunds;
import dev.reserva.financial.adapters.postgres.PostgresTakings;
import dev.reserva.financial.adapters.web.PaymentTraces;
import dev.reserva.financial.adapters.web.PaymentsController;
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
import dev.reserva.financial.application.Reviews;
import dev.reserva.financial.application.SettlePayment;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.integrity.OrderClaims;
import dev.reserva.platform.privacy.PaymentTokens;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.timeline.OrderTraces;
import dev.reserva.platform.web.Commands;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;

/** The wiring of financial. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FinancialProperties.class)
@Import({ProviderConfiguration.class, ReceivablesConfiguration.class, ReviewsConfiguration.class})
public class FinancialConfiguration {

  static final String PAYMENTS_WORKER = "financial.payments";
  static final String REFUNDS_WORKER = "financial.refunds";

  /** Nothing wakes the workers when a retry is due or a lease ends. */
  static final Duration LOOK_EVERY = Duration.ofMillis(250);

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
      Reviews reviews,
      Transactions transactions,
      ProviderAccess access,
      Ids ids,
      Backbone backbone) {
    return new AskProvider(
        payments,
        refunds,
        receivables,
        reviews,
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
      Reviews reviews,
      Transactions transactions,
      ProviderAccess access,
      Ids ids,
      Backbone backbone) {
    return new PayRefunds(
        payments,
        refunds,
        receivables,
        reviews,
        transactions,
        access,
        ids,
        () -> backbone.wake(REFUNDS_WORKER));
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
                properties.paymentPolicy(),
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
      Reviews reviews,
      Ids ids,
      Backbone backbone) {
    return new SettlePayment(
        payments,
        refunds,
        receivables,
        webhooks,
        reviews,
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
      FinancialProperties properties,
      PaymentTokens tokens) {
    return new PaymentsController(
        new AwaitOrder(
            payments,
            notes,
            transactions,
            timeout -> backbone.awaitCaughtUp(OrderMessages.NAME, timeout)),
        new ProcessPayment(
            payments,
            notes,
            askProvider,
            ids,
            properties.paymentPolicy(),
            () -> backbone.wake(PAYMENTS_WORKER)),
        settlePayment,
        new RefundPayment(payments, refunds, ids, () -> backbone.wake(REFUNDS_WORKER)),
        new FindPayments(payments, refunds),
        transactions,
        commands,
        tokens);
  }

  @Bean
  OrderTraces paymentTraces(Payments payments, Refunds refunds, Transactions transactions) {
    return new PaymentTraces(payments, refunds, transactions);
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
