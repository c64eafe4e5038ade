package dev.reserva.operations;

import dev.reserva.messaging.ParkedEvents;
import dev.reserva.messaging.Transactions;
import dev.reserva.operations.adapters.orders.OrderEndpoints;
import dev.reserva.operations.adapters.orders.OwnOrders;
import dev.reserva.operations.application.OwnLog;
import dev.reserva.platform.members.DatabaseIdentity;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.timeline.OrderTraces;
import dev.reserva.platform.timeline.WaitingOrders;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.json.JsonMapper;

/** What the process and its database know of single orders. Part of every process. */
@Configuration(proxyBeanMethods = false)
class DatabaseOrdersConfiguration {

  @Bean
  Routes databaseOrdersRoutes() {
    return Routes.of(
        Route.internal(HttpMethod.GET, OrderEndpoints.RECORDS),
        Route.internal(HttpMethod.GET, OrderEndpoints.LOG),
        Route.internal(HttpMethod.GET, OrderEndpoints.PAST_HALF),
        Route.internal(HttpMethod.POST, OrderEndpoints.WAITING),
        Route.internal(HttpMethod.GET, OrderEndpoints.BLOCKADES));
  }

  @Bean
  OwnOrders ownOrders(
      DatabaseIdentity database,
      Transactions transactions,
      ObjectProvider<OrderTraces> services,
      ObjectProvider<WaitingOrders> sales,
      OwnLog log,
      ParkedEvents parkedEvents,
      JsonMapper json) {
    return new OwnOrders(
        database,
        transactions,
        services.orderedStream().toList(),
        sales.stream().toList(),
        log,
        parkedEvents,
        json::writeValueAsString);
  }

  @Bean
  OrderEndpoints orderEndpoints(OwnOrders own) {
    return new OrderEndpoints(own);
  }
}
