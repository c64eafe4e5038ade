package dev.reserva.financial;

import dev.reserva.financial.adapters.postgres.PostgresReceivables;
import dev.reserva.financial.adapters.postgres.ReceivableChecks;
import dev.reserva.financial.adapters.web.ReceivableRecords;
import dev.reserva.financial.adapters.web.ReceivablesController;
import dev.reserva.financial.application.FindReceivables;
import dev.reserva.financial.application.Receivables;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.privacy.PersonalRecords;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Wires what customers owe. */
@Configuration(proxyBeanMethods = false)
class ReceivablesConfiguration {

  @Bean
  Routes receivableRoutes() {
    return Routes.of(
        Route.of(HttpMethod.GET, "/api/receivables", Role.OPERATOR),
        Route.of(HttpMethod.GET, "/api/receivables/ageing", Role.OPERATOR),
        Route.of(HttpMethod.GET, "/api/receivables/{id}", Role.OPERATOR));
  }

  @Bean
  Receivables receivables() {
    return new PostgresReceivables();
  }

  @Bean
  FindReceivables findReceivables(Receivables receivables) {
    return new FindReceivables(receivables);
  }

  @Bean
  ReceivablesController receivablesController(
      FindReceivables findReceivables, Transactions transactions) {
    return new ReceivablesController(findReceivables, transactions);
  }

  @Bean
  PersonalRecords receivableRecords(FindReceivables findReceivables) {
    return new ReceivableRecords(findReceivables);
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
