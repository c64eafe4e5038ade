package dev.reserva.platform.web;

import dev.reserva.messaging.Transactions;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** A test service that shows how the platform handles requests. */
@Configuration(proxyBeanMethods = false)
public class ProbeConfiguration {

  @Bean
  Routes probeRoutes() {
    return Routes.of(
        Route.open(HttpMethod.POST, "/probe/echo"),
        Route.open(HttpMethod.GET, "/probe/pages"),
        Route.open(HttpMethod.GET, "/probe/things/{id}"),
        Route.open(HttpMethod.GET, "/probe/times"),
        Route.open(HttpMethod.GET, "/probe/fails/{how}"),
        Route.open(HttpMethod.POST, "/probe/counters/{name}"),
        Route.open(HttpMethod.POST, "/probe/groups/{name}"),
        Route.of(HttpMethod.GET, "/probe/operators", Role.OPERATOR));
  }

  @Bean
  LargeBodies probeBodies() {
    return LargeBodies.of(LargeBodies.at(HttpMethod.POST, "/probe/echo"));
  }

  @Bean
  SmartInitializingSingleton probeTable(Transactions transactions) {
    return () ->
        transactions.run(tx -> {
          try (Statement statement = tx.resource(Connection.class).createStatement()) {
            statement.execute("create table effect (name text not null)");
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Bean
  Probe probe(Commands commands, Transactions transactions) {
    return new Probe(commands, transactions);
  }
}
