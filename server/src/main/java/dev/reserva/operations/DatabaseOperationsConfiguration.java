package dev.reserva.operations;

import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.Deliveries;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Relays;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnreadableMessages;
import dev.reserva.operations.adapters.integrity.ClaimEndpoints;
import dev.reserva.operations.adapters.integrity.ClaimedOrderBooks;
import dev.reserva.operations.adapters.integrity.DatabaseClaims;
import dev.reserva.operations.adapters.integrity.ServiceInvariant;
import dev.reserva.operations.adapters.integrity.SystemOrderBooks;
import dev.reserva.operations.adapters.members.MemberEndpoints;
import dev.reserva.operations.adapters.members.MemberLogs;
import dev.reserva.operations.adapters.postgres.KeptPublications;
import dev.reserva.operations.adapters.postgres.PostgresStatementLimits;
import dev.reserva.operations.adapters.web.CommandsElsewhere;
import dev.reserva.operations.adapters.web.DeadLetterEndpoints;
import dev.reserva.operations.adapters.web.EventController;
import dev.reserva.operations.adapters.web.HealthController;
import dev.reserva.operations.adapters.web.IntegrityController;
import dev.reserva.operations.adapters.web.PublishersElsewhere;
import dev.reserva.operations.adapters.web.StatisticsController;
import dev.reserva.operations.adapters.web.TopologyController;
import dev.reserva.operations.application.CheckIntegrity;
import dev.reserva.operations.application.CheckIntegrity.Report;
import dev.reserva.operations.application.DeliveriesAddUp;
import dev.reserva.operations.application.Invariant;
import dev.reserva.operations.application.ManualPublications;
import dev.reserva.operations.application.OrderCounts;
import dev.reserva.operations.application.OwnLog;
import dev.reserva.operations.application.PublishByHand;
import dev.reserva.operations.application.ReadHealth;
import dev.reserva.operations.application.ReadKeys;
import dev.reserva.operations.application.ReadStatistics;
import dev.reserva.operations.application.ReadStatistics.Statistics;
import dev.reserva.operations.application.RecordedFacts;
import dev.reserva.operations.application.SharedAnswer;
import dev.reserva.operations.application.SystemLog;
import dev.reserva.operations.domain.Health;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.events.EventsByHand;
import dev.reserva.platform.events.Schemas;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.integrity.OrderClaims;
import dev.reserva.platform.members.DatabaseIdentity;
import dev.reserva.platform.members.Members;
import dev.reserva.platform.monitoring.HealthSignals;
import dev.reserva.platform.monitoring.HealthWarning;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.security.ServiceTokens;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.LargeBodies;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.json.JsonMapper;

/**
 * The wiring of what operators see and do of the database of this process. Every process has it,
 * also one that does not run operations; operations asks the processes on other databases, so that
 * its answers cover the system.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OperationsProperties.class)
@Import({
  DeadLettersConfiguration.class,
  TopologyConfiguration.class,
  DatabaseOrdersConfiguration.class
})
public class DatabaseOperationsConfiguration {

  private static final Duration HEALTH_REUSED = Duration.ofMillis(500);

  /** Beyond the time limit of the other database's check. */
  private static final Duration MORE_THAN_THE_LIMIT = Duration.ofSeconds(5);

  /** The services: contexts that publish events. Other schemas belong to the platform. */
  private static final Set<String> CONTEXTS =
      Contracts.ALL.stream().map(Contract::context).collect(Collectors.toUnmodifiableSet());

  /**
   * @param names of the services that run on this database
   */
  record DatabaseServices(Set<String> names) {}

  @Bean
  DatabaseServices databaseServices(ObjectProvider<ServiceSchema> schemas) {
    return new DatabaseServices(
        schemas.stream()
            .map(ServiceSchema::name)
            .filter(CONTEXTS::contains)
            .collect(Collectors.toUnmodifiableSet()));
  }

  @Bean
  LargeBodies operationsBodies() {
    return LargeBodies.of(
        LargeBodies.at(HttpMethod.POST, "/api/events"),
        LargeBodies.at(HttpMethod.POST, "/api/dlq/{id}/retry"));
  }

  @Bean
  Routes databaseOperationsRoutes() {
    return Routes.of(
        Route.open(HttpMethod.GET, "/api/health"),
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
        Route.internal(HttpMethod.GET, DatabaseIdentity.PATH),
        Route.internal(HttpMethod.GET, TopologyController.INTERNAL),
        Route.internal(HttpMethod.GET, MemberEndpoints.STATISTICS),
        Route.internal(HttpMethod.GET, MemberEndpoints.HEALTH),
        Route.internal(HttpMethod.GET, IntegrityController.INTERNAL),
        Route.internal(HttpMethod.GET, MemberEndpoints.EVENTS),
        Route.internal(HttpMethod.GET, MemberEndpoints.END),
        Route.internal(HttpMethod.GET, DeadLetterEndpoints.LIST),
        Route.internal(HttpMethod.GET, DeadLetterEndpoints.ONE),
        Route.internal(HttpMethod.GET, ClaimEndpoints.SERVICES),
        Route.internal(HttpMethod.GET, ClaimEndpoints.ORDERS),
        Route.internal(HttpMethod.POST, ClaimEndpoints.ABOUT),
        Route.internal(HttpMethod.POST, ClaimEndpoints.KEYS));
  }

  @Bean
  ManualPublications manualPublications(EventsByHand events) {
    return new KeptPublications(events);
  }

  @Bean
  RecordedFacts recordedFacts(
      EventLog log,
      EventCatalogue catalogue,
      Transactions transactions,
      ManualPublications publications,
      DatabaseServices services) {
    return new RecordedFacts(log, catalogue, transactions, publications, services.names());
  }

  @Bean
  Members members(
      OperationsProperties properties, DatabaseIdentity database, ServiceTokens tokens) {
    return new Members(properties.members().all(), database::id, tokens);
  }

  @Bean
  CommandsElsewhere commandsElsewhere(Members members) {
    return new CommandsElsewhere(members);
  }

  @Bean
  ReadHealth readHealth(
      Transactions transactions,
      Backbone backbone,
      DatabaseServices services,
      ObjectProvider<HealthWarning> warnings,
      ObjectProvider<HealthSignals> signals,
      UnreadableMessages messages,
      Relays relays,
      Members members,
      OperationsProperties properties) {
    Duration patience = properties.healthPatience();
    // Anybody may ask for the health.
    var others =
        new SharedAnswer<>(
            () ->
                members.askProcesses(
                    MemberEndpoints.HEALTH, patience.multipliedBy(2), Health.class),
            HEALTH_REUSED,
            System::nanoTime);
    return new ReadHealth(
        transactions,
        backbone,
        messages,
        relays,
        List.copyOf(services.names()),
        patience,
        properties.maxLag(),
        () ->
            Stream.concat(
                    warnings.orderedStream().map(HealthWarning::text),
                    signals.orderedStream().flatMap(it -> it.present().get().stream()))
                .toList(),
        others::get);
  }

  @Bean
  ReadStatistics readStatistics(
      Transactions transactions,
      Backbone backbone,
      ObjectProvider<OrderCounts> orderCounts,
      ObjectProvider<OrderClaims.Sold> sold,
      Members members,
      Clock clock) {
    OrderCounts counted = orderCounts.getIfAvailable();
    return new ReadStatistics(
        transactions,
        backbone,
        counted == null ? _ -> Map.of() : counted::byStatus,
        tx -> sold.stream().mapToLong(orders -> orders.drafts(tx)).sum(),
        () -> members.askProcesses(MemberEndpoints.STATISTICS, Members.SOON, Statistics.class),
        clock);
  }

  @Bean
  DatabaseClaims databaseClaims(
      Transactions transactions,
      ObjectProvider<OrderClaims> claims,
      DatabaseServices services,
      Backbone backbone,
      EventLog log,
      DeadLetters deadLetters) {
    return new DatabaseClaims(
        transactions,
        claims.stream().toList(),
        services.names(),
        new ReadKeys(backbone, log, deadLetters));
  }

  @Bean
  CheckIntegrity checkIntegrity(
      Transactions transactions,
      Backbone backbone,
      EventLog log,
      DeadLetters deadLetters,
      Deliveries deliveries,
      ObjectProvider<IntegrityCheck> checks,
      ObjectProvider<Invariant> ofOperations,
      ObjectProvider<OrderClaims> claims,
      DatabaseClaims databaseClaims,
      Members members,
      OperationsProperties properties) {
    List<Invariant> invariants = new ArrayList<>();
    checks.orderedStream().map(ServiceInvariant::new).forEach(invariants::add);
    invariants.add(new DeliveriesAddUp(deliveries));
    ofOperations.orderedStream().forEach(invariants::add);
    // Each database may wait for a running check and then take its whole time.
    Duration patience = properties.integrityTimeLimit().multipliedBy(2).plus(MORE_THAN_THE_LIMIT);
    return new CheckIntegrity(
        transactions,
        backbone,
        log,
        deadLetters,
        new PostgresStatementLimits(),
        new ClaimedOrderBooks(claims.stream().toList()),
        invariants,
        () ->
            members.each(
                name -> members.ask(name, IntegrityController.INTERNAL, patience, Report.class)),
        new SystemOrderBooks(databaseClaims, members),
        properties.integrityTimeLimit());
  }

  @Bean
  OwnLog ownLog(EventLog log, Transactions transactions, ManualPublications publications) {
    return new OwnLog(log, transactions, publications);
  }

  @Bean
  SystemLog systemLog(OwnLog own, Members members) {
    return new SystemLog(own, new MemberLogs(members));
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
      SystemLog log,
      ManualPublications publications,
      Ids ids,
      EventCatalogue catalogue,
      Schemas schemas,
      RecordedFacts facts,
      JsonMapper json,
      Members members,
      CommandsElsewhere elsewhere,
      DatabaseServices services,
      Commands commands) {
    return new EventController(
        log,
        new PublishByHand(
            ids,
            catalogue,
            (type, data) -> schemas.violations(type, json.readTree(data)),
            facts,
            publications),
        new PublishersElsewhere(members, elsewhere, services.names(), ClaimEndpoints.SERVICES),
        commands);
  }

  @Bean
  MemberEndpoints memberEndpoints(
      ReadStatistics readStatistics, ReadHealth readHealth, OwnLog log) {
    return new MemberEndpoints(readStatistics, readHealth, log);
  }

  @Bean
  ClaimEndpoints claimEndpoints(DatabaseClaims claims) {
    return new ClaimEndpoints(claims);
  }
}
