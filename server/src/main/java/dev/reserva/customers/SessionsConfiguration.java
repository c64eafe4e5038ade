package dev.reserva.customers;

import dev.reserva.customers.adapters.postgres.PostgresSessions;
import dev.reserva.customers.adapters.postgres.PostgresUsers;
import dev.reserva.customers.adapters.tokens.RevokedTokens;
import dev.reserva.customers.adapters.web.LoginLimits;
import dev.reserva.customers.adapters.web.LoginTrail;
import dev.reserva.customers.adapters.web.SecondFactorGate;
import dev.reserva.customers.adapters.web.SessionController;
import dev.reserva.customers.adapters.web.TokenController;
import dev.reserva.customers.application.EndSession;
import dev.reserva.customers.application.EndSessions;
import dev.reserva.customers.application.LogIn;
import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.application.RefreshSession;
import dev.reserva.customers.application.StartSession;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.security.SecurityProperties;
import dev.reserva.platform.security.TokenRevoker;
import dev.reserva.platform.security.Tokens;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Wires log-ins, and the sessions that they begin. */
@Configuration(proxyBeanMethods = false)
class SessionsConfiguration {

  private static final Duration SESSION_PURGE_INTERVAL = Duration.ofMinutes(10);
  private static final int SESSION_PURGE_BATCH = 1_000;

  @Bean
  Routes sessionRoutes() {
    return Routes.of(
        Route.open(HttpMethod.POST, "/api/auth/token"),
        Route.open(HttpMethod.POST, "/api/auth/refresh"),
        Route.of(HttpMethod.POST, "/api/auth/logout", Role.CUSTOMER, Role.OPERATOR, Role.WAREHOUSE)
            .forEnrolling(),
        Route.of(
                HttpMethod.POST,
                "/api/auth/logout-everywhere",
                Role.CUSTOMER,
                Role.OPERATOR,
                Role.WAREHOUSE)
            .forEnrolling());
  }

  @Bean
  EndSessions endSessions(TokenRevoker revoker) {
    return new EndSessions(new PostgresUsers(), new PostgresSessions(), new RevokedTokens(revoker));
  }

  @Bean
  LogIn logIn(Transactions transactions, Passwords passwords) {
    return new LogIn(new PostgresUsers(), passwords, transactions);
  }

  @Bean
  LoginLimits loginLimits(CustomersProperties properties) {
    return new LoginLimits(
        properties.failedLoginsPerUser(),
        properties.loginsPerAddress(),
        properties.longestLoginDelay(),
        System::nanoTime);
  }

  @Bean
  TokenController tokenController(
      Transactions transactions,
      LogIn loggingIn,
      LoginLimits limits,
      SecondFactorGate secondFactors,
      Tokens tokens,
      SecurityProperties security,
      Ids ids,
      AuditTrail trail,
      Clock clock) {
    return new TokenController(
        transactions,
        loggingIn,
        new StartSession(
            new PostgresUsers(),
            new PostgresSessions(),
            ids,
            new SecureRandom(),
            security.refreshTokenLifetime()),
        limits,
        secondFactors,
        new LoginTrail(trail, new PostgresUsers(), transactions),
        tokens,
        clock);
  }

  @Bean
  SessionController sessionController(
      Transactions transactions,
      SecondFactorGate secondFactors,
      EndSessions endingSessions,
      TokenRevoker revoker,
      Tokens tokens,
      AuditTrail trail,
      Clock clock) {
    PostgresSessions sessions = new PostgresSessions();
    EndSession endingSession = new EndSession(sessions, new RevokedTokens(revoker));
    return new SessionController(
        transactions,
        new RefreshSession(new PostgresUsers(), sessions, endingSession, new SecureRandom()),
        secondFactors,
        endingSession,
        endingSessions,
        tokens,
        trail,
        clock);
  }

  @Bean
  Worker sessionPurge(Transactions transactions, Clock clock) {
    PostgresSessions sessions = new PostgresSessions();
    return new Worker(
        "customers.session-purge",
        SESSION_PURGE_INTERVAL,
        () ->
            transactions.call(
                    tx -> sessions.deleteExpired(clock.instant(), SESSION_PURGE_BATCH, tx))
                == SESSION_PURGE_BATCH);
  }
}
