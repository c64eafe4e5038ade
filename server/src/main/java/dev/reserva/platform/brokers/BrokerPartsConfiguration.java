package dev.reserva.platform.brokers;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.delivery.BrokerParts;
import dev.reserva.messaging.delivery.EventReader;
import dev.reserva.messaging.store.LogTail;
import dev.reserva.messaging.store.PostgresInbox;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.EnvelopeCodec;
import dev.reserva.messaging.transport.LogIdentity;
import dev.reserva.messaging.transport.postgres.PostgresPublishedEvents;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.monitoring.BrokerMetrics;
import java.util.stream.Collectors;
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
  BrokerMetrics brokerMetrics(Backbone backbone, Broker broker) {
    return new BrokerMetrics(backbone, broker.queues());
  }

  @Bean
  BrokerParts brokerParts(
      Broker broker,
      EnvelopeCodec codec,
      LogTail tail,
      PostgresInbox inbox,
      LogIdentity identity,
      EventReader reader) {
    return new BrokerParts(
        broker, codec, new PostgresPublishedEvents(tail), inbox, identity, reader);
  }
}
