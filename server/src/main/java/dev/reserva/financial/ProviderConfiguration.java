package dev.reserva.financial;

import dev.reserva.financial.adapters.psp.NoProvider;
import dev.reserva.financial.adapters.psp.SimulatedProvider;
import dev.reserva.financial.adapters.psp.SimulatorLedger;
import dev.reserva.financial.adapters.psp.SimulatorLedgerCheck;
import dev.reserva.financial.adapters.psp.TokenOpeningProvider;
import dev.reserva.financial.application.PayRefunds;
import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.monitoring.HealthWarning;
import dev.reserva.platform.privacy.PaymentTokens;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Wires the payment provider that {@code reserva.financial.provider} names, with what belongs to
 * it.
 */
@Configuration(proxyBeanMethods = false)
class ProviderConfiguration {

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
      return new Worker(
          FinancialConfiguration.REFUNDS_WORKER,
          FinancialConfiguration.LOOK_EVERY,
          payRefunds::step);
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
}
