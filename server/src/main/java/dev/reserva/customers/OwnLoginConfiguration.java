package dev.reserva.customers;

import dev.reserva.customers.adapters.postgres.PostgresSessions;
import dev.reserva.customers.adapters.tokens.RevokedTokens;
import dev.reserva.customers.adapters.web.OwnSessionsController;
import dev.reserva.customers.application.EndSession;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.security.Revocations;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** The wiring of what users do with their own sessions. */
@Configuration(proxyBeanMethods = false)
class OwnLoginConfiguration {

  @Bean
  Routes ownLoginRoutes() {
    String sessions = "/api/auth/sessions";
    Role[] everybody = {Role.CUSTOMER, Role.OPERATOR, Role.WAREHOUSE};
    return Routes.of(
        Route.of(HttpMethod.GET, sessions, everybody).forUsers(),
        Route.of(HttpMethod.DELETE, sessions + "/{id}", everybody).forUsers());
  }

  @Bean
  OwnSessionsController ownSessionsController(
      Transactions transactions, Revocations revocations, AuditTrail trail, Clock clock) {
    PostgresSessions sessions = new PostgresSessions();
    return new OwnSessionsController(
        transactions,
        sessions,
        new EndSession(sessions, new RevokedTokens(revocations)),
        trail,
        clock);
  }
}
