package dev.reserva.customers;

import dev.reserva.customers.adapters.otp.OtpAuthenticators;
import dev.reserva.customers.adapters.postgres.PostgresSecondFactors;
import dev.reserva.customers.adapters.postgres.PostgresUsers;
import dev.reserva.customers.adapters.web.CurrentPassword;
import dev.reserva.customers.adapters.web.SecondFactorController;
import dev.reserva.customers.adapters.web.SecondFactorGate;
import dev.reserva.customers.application.Authenticators;
import dev.reserva.customers.application.BeginSecondFactor;
import dev.reserva.customers.application.ConfirmSecondFactor;
import dev.reserva.customers.application.EndSessions;
import dev.reserva.customers.application.ProveSecondFactor;
import dev.reserva.customers.application.RemoveSecondFactor;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.security.InstallationSecret;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.security.SecurityProperties;
import dev.reserva.platform.security.SecurityProperties.SecondFactorPolicy;
import dev.reserva.platform.web.Commands;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Wires the second factor of staff. */
@Configuration(proxyBeanMethods = false)
class SecondFactorsConfiguration {

  @Bean
  Routes secondFactorRoutes() {
    String own = "/api/auth/second-factor";
    return Routes.of(
        Route.of(HttpMethod.GET, own, Role.OPERATOR, Role.WAREHOUSE).forEnrolling(),
        Route.of(HttpMethod.POST, own, Role.OPERATOR, Role.WAREHOUSE).forEnrolling(),
        Route.of(HttpMethod.POST, own + "/confirm", Role.OPERATOR, Role.WAREHOUSE).forEnrolling(),
        Route.of(HttpMethod.POST, own + "/disable", Role.OPERATOR, Role.WAREHOUSE).forUsers(),
        Route.of(HttpMethod.DELETE, "/api/users/{username}/second-factor").forUsers());
  }

  @Bean
  Authenticators authenticators(InstallationSecret secret) {
    return new OtpAuthenticators(secret.sealing("secrets of authenticators"));
  }

  @Bean
  SecondFactorGate secondFactorGate(
      Authenticators authenticators,
      Transactions transactions,
      SecurityProperties properties,
      Clock clock) {
    PostgresSecondFactors factors = new PostgresSecondFactors();
    return new SecondFactorGate(
        new ProveSecondFactor(factors, authenticators),
        factors,
        transactions,
        properties.staffSecondFactor() == SecondFactorPolicy.REQUIRED,
        clock);
  }

  @Bean
  SecondFactorController secondFactorController(
      Commands commands,
      AuditTrail trail,
      Transactions transactions,
      CurrentPassword currentPassword,
      SecondFactorGate gate,
      Authenticators authenticators,
      EndSessions endingSessions,
      Clock clock) {
    PostgresSecondFactors factors = new PostgresSecondFactors();
    return new SecondFactorController(
        commands,
        trail,
        transactions,
        new PostgresUsers(),
        factors,
        currentPassword,
        gate,
        new BeginSecondFactor(factors, authenticators),
        new ConfirmSecondFactor(factors, authenticators, endingSessions, new SecureRandom()),
        new RemoveSecondFactor(factors, endingSessions),
        clock);
  }
}
