package dev.reserva.sales;

import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.privacy.PersonalRecords;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.timeline.OrderTraces;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.LargeBodies;
import dev.reserva.sales.adapters.postgres.PostgresLocations;
import dev.reserva.sales.adapters.postgres.PostgresReturns;
import dev.reserva.sales.adapters.web.CatchUp;
import dev.reserva.sales.adapters.web.ReturnCommandsController;
import dev.reserva.sales.adapters.web.ReturnRecords;
import dev.reserva.sales.adapters.web.ReturnTraces;
import dev.reserva.sales.adapters.web.ReturnsController;
import dev.reserva.sales.application.FindOrders;
import dev.reserva.sales.application.Locations;
import dev.reserva.sales.application.MoveReturn;
import dev.reserva.sales.application.Orders;
import dev.reserva.sales.application.RequestReturn;
import dev.reserva.sales.application.Returns;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** The wiring of returns. */
@Configuration(proxyBeanMethods = false)
public class ReturnsConfiguration {

  @Bean
  Returns salesReturns() {
    return new PostgresReturns();
  }

  @Bean
  ReturnsController returnsController(
      Transactions transactions,
      Commands commands,
      CatchUp catchUp,
      Ids ids,
      Orders orders,
      Returns returns,
      Locations locations) {
    return new ReturnsController(
        transactions,
        commands,
        catchUp,
        new RequestReturn(orders, returns, locations, ids),
        new FindOrders(orders),
        returns);
  }

  @Bean
  Locations returnLocations() {
    return new PostgresLocations();
  }

  @Bean
  ReturnCommandsController returnCommandsController(
      Commands commands, Returns returns, Locations locations) {
    return new ReturnCommandsController(commands, new MoveReturn(returns, locations));
  }

  @Bean
  PersonalRecords returnRecords(Returns returns) {
    return new ReturnRecords(returns);
  }

  @Bean
  OrderTraces returnTraces(Returns returns, Transactions transactions) {
    return new ReturnTraces(returns, transactions);
  }

  @Bean
  LargeBodies returnBodies() {
    return LargeBodies.of(LargeBodies.at(HttpMethod.POST, "/api/orders/{id}/returns"));
  }

  @Bean
  Routes returnRoutes() {
    return Routes.of(
        Route.of(HttpMethod.POST, "/api/orders/{id}/returns", Role.OPERATOR, Role.CUSTOMER),
        Route.of(
            HttpMethod.GET,
            "/api/orders/{id}/returns",
            Role.OPERATOR,
            Role.WAREHOUSE,
            Role.CUSTOMER),
        Route.of(HttpMethod.GET, "/api/returns", Role.OPERATOR, Role.WAREHOUSE, Role.CUSTOMER),
        Route.of(HttpMethod.GET, "/api/returns/{id}", Role.OPERATOR, Role.WAREHOUSE, Role.CUSTOMER),
        Route.of(HttpMethod.POST, "/api/returns/{id}/approve", Role.OPERATOR, Role.WAREHOUSE),
        Route.of(HttpMethod.POST, "/api/returns/{id}/receive", Role.OPERATOR, Role.WAREHOUSE),
        Route.of(HttpMethod.POST, "/api/returns/{id}/reject", Role.OPERATOR, Role.WAREHOUSE));
  }
}
