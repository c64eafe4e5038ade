package dev.reserva.financial;

import dev.reserva.financial.adapters.postgres.PostgresReceivables;
import dev.reserva.financial.adapters.postgres.ReceivableChecks;
import dev.reserva.financial.application.Receivables;
import dev.reserva.platform.integrity.IntegrityCheck;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what customers owe. */
@Configuration(proxyBeanMethods = false)
class ReceivablesConfiguration {

  @Bean
  Receivables receivables() {
    return new PostgresReceivables();
  }

  @Bean
  IntegrityCheck receivablesEqualLedger() {
    return ReceivableChecks.receivablesEqualLedger();
  }

  @Bean
  IntegrityCheck receivablesEqualPayments() {
    return ReceivableChecks.receivablesEqualPayments();
  }
}
