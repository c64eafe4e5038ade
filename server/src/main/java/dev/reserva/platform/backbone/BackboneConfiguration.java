package dev.reserva.platform.backbone;

import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.Deliveries;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.EventType;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.ParkedEvents;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.messaging.delivery.BrokerParts;
import dev.reserva.messaging.delivery.Cursors;
import dev.reserva.messaging.delivery.LocalDelivery;
import dev.reserva.messaging.delivery.Parking;
import dev.reserva.messaging.delivery.RateMeter;
import dev.reserva.messaging.delivery.RunningBackbone;
import dev.reserva.messaging.store.LogSegments;
import dev.reserva.messaging.store.LogTail;
import dev.reserva.messaging.store.PostgresCursors;
import dev.reserva.messaging.store.PostgresDeadLetters;
import dev.reserva.messaging.store.PostgresDeliveries;
import dev.reserva.messaging.store.PostgresEventLog;
import dev.reserva.messaging.store.PostgresParkedEvents;
import dev.reserva.messaging.store.PostgresParking;
import dev.reserva.messaging.store.PostgresTransactions;
import dev.reserva.messaging.transport.Transport;
import dev.reserva.messaging.transport.postgres.PostgresTransport;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.json.JsonPayloads;
import dev.reserva.platform.monitoring.BackboneMetrics;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the event log, its transactions and its loops to this process's database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BackboneProperties.class)
public class BackboneConfiguration {

  @Bean
  ServiceSchema messagingSchema() {
    return new ServiceSchema("messaging");
  }

  @Bean
  EventCatalogue eventCatalogue() {
    return new EventCatalogue(
        Contracts.ALL.stream().map(BackboneConfiguration::type).toList(), new JsonPayloads());
  }

  /** Counts the events that this process appends to the log. */
  @Bean
  RateMeter published() {
    return new RateMeter(System::nanoTime);
  }

  @Bean(destroyMethod = "close")
  LogTail logTail(DataSource dataSource, EventCatalogue catalogue, LocalDelivery local) {
    return new LogTail(dataSource, catalogue, local);
  }

  @Bean
  LocalDelivery localDelivery() {
    return new LocalDelivery(System::nanoTime);
  }

  @Bean
  Transactions transactions(
      DataSource dataSource,
      EventCatalogue catalogue,
      Ids ids,
      Clock clock,
      LogTail tail,
      LocalDelivery local,
      RateMeter published) {
    return new PostgresTransactions(dataSource, catalogue, ids, clock, tail, local, published);
  }

  @Bean
  EventLog eventLog(DataSource dataSource) {
    return new PostgresEventLog(dataSource);
  }

  @Bean
  Transport transport(LogTail tail) {
    return new PostgresTransport(tail);
  }

  @Bean
  Cursors cursors(DataSource dataSource) {
    return new PostgresCursors(dataSource);
  }

  @Bean
  Parking parking(
      DataSource dataSource, EventCatalogue catalogue, Ids ids, DeadLetters.Announcer announcer) {
    return new PostgresParking(dataSource, catalogue, ids, announcer);
  }

  @Bean
  Deliveries deliveries() {
    return new PostgresDeliveries();
  }

  @Bean
  Worker logSegments(
      DataSource dataSource, Transactions transactions, BackboneProperties properties) {
    return new LogSegments(
            dataSource,
            transactions,
            new LogSegments.Limits(
                properties.retention(), properties.segmentAge(), properties.segmentEvents()))
        .worker();
  }

  /**
   * Services can depend on the backbone, and it on their subscriptions. The subscriptions are
   * therefore fetched only when the backbone is first used.
   */
  @Bean
  BackboneLifecycle backbone(
      ObjectProvider<Subscription> subscriptions,
      ObjectProvider<Worker> workers,
      Transport transport,
      Transactions transactions,
      Cursors cursors,
      Parking parking,
      LocalDelivery local,
      EventLog log,
      LogTail tail,
      RateMeter published,
      Clock clock,
      ObjectProvider<BrokerParts> broker,
      BackboneProperties properties) {
    return new BackboneLifecycle(
        () ->
            new RunningBackbone(
                subscriptions.stream().toList(),
                workers.stream().toList(),
                transport,
                transactions,
                cursors,
                parking,
                local,
                log,
                published,
                clock,
                broker.getIfAvailable()),
        tail,
        properties.stopTimeout());
  }

  @Bean
  DeadLetters deadLetters(
      Transactions transactions,
      DeadLetters.EditPolicy edits,
      DeadLetters.Announcer announcer,
      BackboneLifecycle backbone) {
    return new PostgresDeadLetters(transactions, edits, announcer, backbone::wakeSubscription);
  }

  @Bean
  ParkedEvents parkedEvents() {
    return new PostgresParkedEvents();
  }

  @Bean
  BackboneMetrics backboneMetrics(
      Backbone backbone,
      LocalDelivery local,
      List<Subscription> subscriptions,
      ObjectProvider<BrokerParts> broker,
      List<Worker> workers) {
    boolean relay = broker.getIfAvailable() != null;
    return new BackboneMetrics(backbone, local, subscriptions, relay, workers);
  }

  private static <T> EventType<T> type(Contract<T> contract) {
    return new EventType<>(contract.name(), contract.payload(), contract.subject(), contract.key());
  }
}
