package dev.reserva.operations;

import dev.reserva.contracts.Consumers;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.operations.adapters.messaging.AuditEvents;
import dev.reserva.operations.adapters.messaging.OperationsEvents;
import dev.reserva.operations.adapters.messaging.OrderSteps;
import dev.reserva.operations.adapters.postgres.PostgresAuditRecords;
import dev.reserva.operations.adapters.postgres.PostgresOrderCounts;
import dev.reserva.operations.adapters.web.AuditController;
import dev.reserva.operations.adapters.web.SchemaController;
import dev.reserva.operations.application.AuditChainIsWhole;
import dev.reserva.operations.application.AuditRecords;
import dev.reserva.operations.application.CountOrders;
import dev.reserva.operations.application.Invariant;
import dev.reserva.operations.application.KeepAuditRecords;
import dev.reserva.operations.application.ManualPublications;
import dev.reserva.operations.application.OrderCounts;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.events.AsyncApi;
import dev.reserva.platform.events.Schemas;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;

/**
 * The wiring of operations, beside {@link DatabaseOperationsConfiguration}: what there is once in a
 * system.
 */
@Configuration(proxyBeanMethods = false)
@Import({DashboardConfiguration.class, TimelineConfiguration.class})
public class OperationsConfiguration {

  /** Interval between batches; the counts of orders and the audit trail may lag behind by it. */
  private static final Duration LAG = Duration.ofMillis(250);

  private static final String NAME = "operations";

  @Bean
  ServiceSchema operationsSchema() {
    return new ServiceSchema(NAME);
  }

  @Bean
  Routes operationsRoutes() {
    return Routes.of(
        Route.open(HttpMethod.GET, "/schemas"),
        Route.open(HttpMethod.GET, "/schemas/{type}/{version}"),
        Route.open(HttpMethod.GET, "/asyncapi.json"),
        // Open for the handshake only: the first frame authenticates the client.
        Route.open(HttpMethod.GET, "/ws/dashboard"),
        Route.of(HttpMethod.GET, "/api/audit"));
  }

  @Bean
  OrderCounts orderCounts() {
    return new PostgresOrderCounts();
  }

  @Bean
  AuditRecords auditRecords() {
    return new PostgresAuditRecords();
  }

  @Bean
  Subscription operationsSubscription(
      OrderCounts orderCounts, AuditRecords auditRecords, ManualPublications manualPublications) {
    return Subscription.of(
            NAME,
            Consumers.typesOf(NAME),
            new OperationsEvents(
                new OrderSteps(new CountOrders(orderCounts), manualPublications),
                new AuditEvents(new KeepAuditRecords(auditRecords), manualPublications)))
        .atPace(LAG);
  }

  @Bean
  Invariant auditChainIsWhole(AuditRecords auditRecords) {
    return new AuditChainIsWhole(auditRecords, AuditChainIsWhole.NEWEST);
  }

  @Bean
  AuditController auditController(
      AuditRecords auditRecords, EventCatalogue catalogue, Transactions transactions) {
    return new AuditController(auditRecords, catalogue.codec(), transactions);
  }

  @Bean
  SchemaController schemaController(Schemas schemas) {
    return new SchemaController(schemas, new AsyncApi(schemas, Consumers.all()));
  }
}
