package dev.reserva.platform.brokers;

import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.messaging.delivery.BrokerParts;
import dev.reserva.messaging.store.LogTail;
import dev.reserva.messaging.store.PostgresInbox;
import dev.reserva.messaging.store.PostgresLogIdentity;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.EnvelopeCodec;
import dev.reserva.messaging.transport.postgres.PostgresPublishedEvents;
import dev.reserva.platform.backbone.BackboneProperties;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.events.CloudEventsCodec;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every broker needs. The configuration of a broker imports it. */
@Configuration(proxyBeanMethods = false)
class BrokerPartsConfiguration {

  @Bean
  SharedTypes sharedTypes(ObjectProvider<ServiceSchema> schemas) {
    return SharedTypes.ofSchemas(
        schemas.stream().map(ServiceSchema::name).collect(Collectors.toUnmodifiableSet()));
  }

  @Bean
  EnvelopeCodec envelopeCodec() {
    return new CloudEventsCodec();
  }

  @Bean
  PostgresInbox inbox(Transactions transactions, Ids ids, BackboneProperties properties) {
    return new PostgresInbox(transactions, ids, properties.retention());
  }

  @Bean
  Worker inboxPurge(PostgresInbox inbox) {
    return inbox.worker();
  }

  @Bean
  BrokerParts brokerParts(
      Broker broker,
      EnvelopeCodec codec,
      LogTail tail,
      PostgresInbox inbox,
      DataSource dataSource,
      EventCatalogue catalogue) {
    return new BrokerParts(
        broker,
        codec,
        new PostgresPublishedEvents(tail),
        inbox,
        new PostgresLogIdentity(dataSource),
        catalogue);
  }
}
