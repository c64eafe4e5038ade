package dev.reserva.operations;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Worker;
import dev.reserva.operations.adapters.dashboard.DashboardFeed;
import dev.reserva.operations.adapters.dashboard.DashboardHandshake;
import dev.reserva.operations.adapters.dashboard.DashboardSocket;
import dev.reserva.operations.adapters.dashboard.TokenAuthenticator.Admission;
import dev.reserva.operations.application.ReadHealth;
import dev.reserva.operations.application.ReadStatistics;
import dev.reserva.operations.application.SystemLog;
import dev.reserva.platform.audit.Actor;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.audit.SecurityEvent;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Callers;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.web.ProblemWriter;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** The wiring of the live feed, {@code /ws/dashboard}. */
@Configuration(proxyBeanMethods = false)
class DashboardConfiguration {

  @Bean
  DashboardSocket dashboardSocket(
      JwtDecoder tokens, OperationsProperties properties, AuditTrail trail, Ids ids) {
    return new DashboardSocket(
        token -> admit(token, tokens),
        properties.dashboardClients(),
        network ->
            trail.security(
                SecurityEvent.of(
                        SecurityAction.TOKEN_REFUSED,
                        Actor.anonymous(network),
                        Cause.of(ids.next().toString()))
                    .with("reason", "live feed")));
  }

  private static Optional<Admission> admit(String token, JwtDecoder tokens) {
    try {
      Jwt jwt = tokens.decode(token);
      Caller caller = Callers.of(jwt);
      return caller.is(Role.ADMIN) || caller.is(Role.OPERATOR)
          ? Optional.of(new Admission(caller.name(), () -> isValid(token, tokens)))
          : Optional.empty();
    } catch (JwtException e) { // the token is not valid
      return Optional.empty();
    }
  }

  private static boolean isValid(String token, JwtDecoder tokens) {
    try {
      Jwt _ = tokens.decode(token);
      return true;
    } catch (JwtException e) { // it has expired or was revoked, or that cannot be known now
      return false;
    }
  }

  @Bean
  WebSocketHandlerMapping dashboardMapping(DashboardSocket socket, ProblemWriter problems) {
    WebSocketHandlerMapping mapping = new WebSocketHandlerMapping();
    mapping.setUrlMap(Map.of("/ws/dashboard", new DashboardHandshake(socket, problems)));
    mapping.setOrder(1);
    return mapping;
  }

  @Bean
  Worker dashboardFeed(
      DashboardSocket socket,
      SystemLog log,
      ReadStatistics readStatistics,
      ReadHealth readHealth,
      JsonMapper json,
      Clock clock,
      OperationsProperties properties) {
    return new Worker(
        "operations.dashboard",
        properties.dashboardInterval(),
        new DashboardFeed(socket, log, readStatistics, readHealth, json, clock));
  }
}
