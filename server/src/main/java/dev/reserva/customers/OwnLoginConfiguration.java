package dev.reserva.customers;

import dev.reserva.customers.adapters.postgres.PostgresSecondFactors;
import dev.reserva.customers.adapters.postgres.PostgresSessions;
import dev.reserva.customers.adapters.tokens.RevokedTokens;
import dev.reserva.customers.adapters.web.CurrentPassword;
import dev.reserva.customers.adapters.web.OwnSessionsController;
import dev.reserva.customers.adapters.web.RecoveryCodesController;
import dev.reserva.customers.adapters.web.SecondFactorGate;
import dev.reserva.customers.application.EndSession;
import dev.reserva.customers.application.EndSessions;
import dev.reserva.customers.application.RenewRecoveryCodes;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.security.TokenRevoker;
import dev.reserva.platform.web.Commands;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** The wiring of what users do with their own sessions and recovery codes. */
@Configuration(proxyBeanMethods = false)
class OwnLoginConfiguration {

  @Bean
  Routes ownLoginRoutes() {
    String sessions = "/api/auth/sessions";
    Role[] everybody = {Role.CUSTOMER, Role.OPERATOR, Role.WAREHOUSE};
    return Routes.of(
        Route.of(HttpMethod.GET, sessions, everybody).forUsers(),
        Route.of(HttpMethod.DELETE, sessions + "/{id}", everybody).forUsers(),
        Route.of(
                HttpMethod.POST,
                "/api/auth/second-factor/recovery-codes",
                Role.OPERATOR,
                Role.WAREHOUSE)
            .forUsers());
  }

  @Bean
  OwnSessionsController ownSessionsController(
      Transactions transactions, TokenRevoker revoker, AuditTrail trail, Clock clock) {
    PostgresSessions sessions = new PostgresSessions();
    return new OwnSessionsController(
        transactions, sessions, new EndSession(sessions, new RevokedTokens(revoker)), trail, clock);
  }

  @Bean
  RecoveryCodesController recoveryCodesController(
      Commands commands,
      CurrentPassword currentPassword,
      SecondFactorGate gate,
      EndSessions endingSessions,
      AuditTrail trail,
      Clock clock) {
    return new RecoveryCodesController(
        commands,
        currentPassword,
        gate,
        new RenewRecoveryCodes(new PostgresSecondFactors(), endingSessions, new SecureRandom()),
        trail,
        clock);
  }
}
