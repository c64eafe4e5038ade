package dev.reserva.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Transactions;
import dev.reserva.operations.adapters.orders.JoinedOrders;
import dev.reserva.operations.adapters.orders.OwnOrders;
import dev.reserva.operations.adapters.web.TimelineController;
import dev.reserva.operations.application.AuditRecords;
import dev.reserva.operations.application.FindStuckOrders;
import dev.reserva.operations.application.OrderCommands;
import dev.reserva.operations.application.ReadTimeline;
import dev.reserva.platform.members.Members;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.json.JsonMapper;

/** The timelines of orders, and the orders that are stuck, of the whole system. */
@Configuration(proxyBeanMethods = false)
class TimelineConfiguration {

  @Bean
  Routes timelineRoutes() {
    return Routes.of(
        Route.of(HttpMethod.GET, "/api/orders/{id}/timeline", Role.OPERATOR),
        Route.of(HttpMethod.GET, "/api/orders/stuck", Role.OPERATOR));
  }

  @Bean
  TimelineController timelineController(
      OwnOrders own,
      Members members,
      AuditRecords auditRecords,
      EventCatalogue catalogue,
      Transactions transactions,
      JsonMapper json) {
    var system = new JoinedOrders(own, members);
    var commands = new OrderCommands(auditRecords, catalogue.codec(), transactions);
    JsonMapper withoutNulls =
        json.rebuild()
            .changeDefaultPropertyInclusion(
                it -> it.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();
    return new TimelineController(
        new ReadTimeline(system, commands, withoutNulls::writeValueAsString),
        new FindStuckOrders(system),
        json);
  }
}
