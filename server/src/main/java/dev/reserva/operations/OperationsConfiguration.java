package dev.reserva.operations;

import dev.reserva.contracts.Consumers;
import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.Deliveries;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Relays;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnreadableMessages;
import dev.reserva.operations.adapters.integrity.ClaimedOrderBooks;
import dev.reserva.operations.adapters.integrity.ServiceInvariant;
import dev.reserva.operations.adapters.messaging.AuditEvents;
import dev.reserva.operations.adapters.messaging.OperationsEvents;
import dev.reserva.operations.adapters.messaging.OrderSteps;
import dev.reserva.operations.adapters.postgres.PostgresAuditRecords;
import dev.reserva.operations.adapters.postgres.PostgresManualPublications;
import dev.reserva.operations.adapters.postgres.PostgresOrderCounts;
import dev.reserva.operations.adapters.postgres.PostgresStatementLimits;
import dev.reserva.operations.adapters.web.AuditController;
import dev.reserva.operations.adapters.web.EventController;
import dev.reserva.operations.adapters.web.HealthController;
import dev.reserva.operations.adapters.web.IntegrityController;
import dev.reserva.operations.adapters.web.SchemaController;
import dev.reserva.operations.adapters.web.StatisticsController;
import dev.reserva.operations.application.AuditChainIsWhole;
import dev.reserva.operations.application.AuditRecords;
import dev.reserva.operations.application.CheckIntegrity;
import dev.reserva.operations.application.CountOrders;
import dev.reserva.operations.application.DeliveriesAddUp;
import dev.reserva.operations.application.Invariant;
import dev.reserva.operations.application.KeepAuditRecords;
import dev.reserva.operations.application.ManualPublications;
import dev.reserva.operations.application.OrderCounts;
import dev.reserva.operations.application.PublishByHand;
import dev.reserva.operations.application.ReadHealth;
import dev.reserva.operations.application.ReadStatistics;
import dev.reserva.operations.application.RecordedFacts;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.events.AsyncApi;
import dev.reserva.platform.events.ManualEvents;
import dev.reserva.platform.events.Schemas;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.integrity.OrderClaims;
import dev.reserva.platform.monitoring.HealthWarning;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.LargeBodies;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.json.JsonMapper;

/** The wiring of operations. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OperationsProperties.class)
@Import({DashboardConfiguration.class, DeadLettersConfiguration.class, TopologyConfiguration.class})
public class OperationsConfiguration {

  /** Interval between batches; the counts of orders and the audit trail may lag behind by it. */
  private static final Duration LAG = Duration.ofMillis(250);

  private static final String NAME = "operations";

  /** The services: contexts that publish events. Other schemas belong to the platform. */
  private static final Set<String> SERVICES =
      Contracts.ALL.stream().map(Contract::context).collect(Collectors.toUnmodifiableSet());

  @Bean
  ServiceSchema operationsSchema() {
    return new ServiceSchema(NAME);
  }

  @Bean
  LargeBodies operationsBodies() {
    return LargeBodies.of(
        LargeBodies.at(HttpMethod.POST, "/api/events"),
        LargeBodies.at(HttpMethod.POST, "/api/dlq/{id}/retry"));
  }

  @Bean
  Routes operationsRoutes() {
    return Routes.of(
        Route.open(HttpMethod.GET, "/api/health"),
        Route.open(HttpMethod.GET, "/schemas"),
        Route.open(HttpMethod.GET, "/schemas/{type}/{version}"),
        Route.open(HttpMethod.GET, "/asyncapi.json"),
        // Open for the handshake only: the first frame authenticates the client.
        Route.open(HttpMethod.GET, "/ws/dashboard"),
        Route.of(HttpMethod.GET, "/api/stats", Role.OPERATOR),
        Route.of(HttpMethod.GET, "/api/events", Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/events"),
        Route.of(HttpMethod.GET, "/api/dlq", Role.OPERATOR),
        Route.of(HttpMethod.GET, "/api/dlq/{id}", Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/dlq/retry", Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/dlq/{id}/retry", Role.OPERATOR),
        Route.of(HttpMethod.DELETE, "/api/dlq/{id}", Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/operations/relay/replay"),
        Route.of(HttpMethod.DELETE, "/api/operations/relay"),
        Route.of(HttpMethod.GET, "/api/integrity", Role.OPERATOR),
        Route.of(HttpMethod.GET, "/api/topology", Role.OPERATOR),
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
  ManualPublications manualPublications() {
    return new PostgresManualPublications();
  }

  @Bean
  ManualEvents manualEvents(Transactions transactions, ManualPublications publications) {
    return ids ->
        ids.isEmpty() ? Set.of() : transactions.snapshot(tx -> publications.of(ids, tx)).keySet();
  }

  @Bean
  RecordedFacts recordedFacts(
      EventLog log,
      EventCatalogue catalogue,
      Transactions transactions,
      ManualPublications publications,
      ObjectProvider<ServiceSchema> services) {
    return new RecordedFacts(
        log,
        catalogue,
        transactions,
        publications,
        services.stream().map(ServiceSchema::name).collect(Collectors.toUnmodifiableSet()));
  }

  @Bean
  ReadHealth readHealth(
      Transactions transactions,
      Backbone backbone,
      ObjectProvider<ServiceSchema> services,
      ObjectProvider<HealthWarning> warnings,
      UnreadableMessages messages,
      Relays relays,
      OperationsProperties properties) {
    return new ReadHealth(
        transactions,
        backbone,
        messages,
        relays,
        services.stream().map(ServiceSchema::name).filter(SERVICES::contains).toList(),
        properties.healthPatience(),
        properties.maxLag(),
        warnings.orderedStream().map(HealthWarning::text).toList());
  }

  @Bean
  ReadStatistics readStatistics(
      Transactions transactions,
      Backbone backbone,
      OrderCounts orderCounts,
      ObjectProvider<OrderClaims.Sold> sold,
      Clock clock) {
    return new ReadStatistics(
        transactions,
        backbone,
        orderCounts,
        tx -> sold.stream().mapToLong(orders -> orders.drafts(tx)).sum(),
        clock);
  }

  @Bean
  CheckIntegrity checkIntegrity(
      Transactions transactions,
      Backbone backbone,
      EventLog log,
      DeadLetters deadLetters,
      Deliveries deliveries,
      ObjectProvider<IntegrityCheck> checks,
      ObjectProvider<OrderClaims> claims,
      AuditRecords auditRecords,
      OperationsProperties properties) {
    List<Invariant> invariants = new ArrayList<>();
    checks.orderedStream().map(ServiceInvariant::new).forEach(invariants::add);
    invariants.add(new DeliveriesAddUp(deliveries));
    invariants.add(new AuditChainIsWhole(auditRecords, AuditChainIsWhole.NEWEST));
    return new CheckIntegrity(
        transactions,
        backbone,
        log,
        deadLetters,
        new PostgresStatementLimits(),
        new ClaimedOrderBooks(claims.stream().toList()),
        invariants,
        properties.integrityTimeLimit());
  }

  @Bean
  HealthController healthController(ReadHealth readHealth) {
    return new HealthController(readHealth);
  }

  @Bean
  StatisticsController statisticsController(ReadStatistics readStatistics) {
    return new StatisticsController(readStatistics);
  }

  @Bean
  IntegrityController integrityController(CheckIntegrity checkIntegrity) {
    return new IntegrityController(checkIntegrity);
  }

  @Bean
  EventController eventController(
      EventLog log,
      Transactions transactions,
      ManualPublications publications,
      Ids ids,
      EventCatalogue catalogue,
      Schemas schemas,
      RecordedFacts facts,
      JsonMapper json,
      Commands commands) {
    return new EventController(
        log,
        transactions,
        publications,
        new PublishByHand(
            ids,
            catalogue,
            (type, data) -> schemas.violations(type, json.readTree(data)),
            facts,
            publications),
        commands);
  }

  @Bean
  AuditController auditController(
      AuditRecords auditRecords, EventCatalogue catalogue, Transactions transactions) {
    return new AuditController(auditRecords, catalogue.codec(), transactions);
  }

  @Bean
  SchemaController schemaController(Schemas schemas, ObjectProvider<Subscription> subscriptions) {
    return new SchemaController(
        schemas, new AsyncApi(schemas, subscriptions.orderedStream().toList()));
  }
}
