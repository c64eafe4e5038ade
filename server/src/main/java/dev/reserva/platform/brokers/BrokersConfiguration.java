package dev.reserva.platform.brokers;

import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Relays;
import dev.reserva.messaging.TopologyInspection;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnreadableMessages;
import dev.reserva.messaging.Worker;
import dev.reserva.messaging.delivery.EventReader;
import dev.reserva.messaging.store.PostgresInbox;
import dev.reserva.messaging.store.PostgresLogIdentity;
import dev.reserva.messaging.store.PostgresRelays;
import dev.reserva.messaging.store.PostgresUnreadableMessages;
import dev.reserva.messaging.transport.EnvelopeCodec;
import dev.reserva.messaging.transport.LogIdentity;
import dev.reserva.messaging.transport.kafka.KafkaBroker;
import dev.reserva.messaging.transport.kafka.KafkaTopology;
import dev.reserva.messaging.transport.rabbitmq.RabbitBroker;
import dev.reserva.messaging.transport.rabbitmq.RabbitTopology;
import dev.reserva.platform.backbone.BackboneProperties;
import dev.reserva.platform.events.CloudEventsCodec;
import dev.reserva.platform.events.EventsByHand;
import dev.reserva.platform.events.EventsByHand.Publication;
import dev.reserva.platform.events.ManualImports;
import dev.reserva.platform.events.Schemas;
import dev.reserva.platform.members.DatabaseIdentity;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the broker of {@code reserva.messaging.transport}; nothing if there is none. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  MessagingProperties.class,
  RabbitProperties.class,
  KafkaProperties.class
})
public class BrokersConfiguration {

  private static final String TRANSPORT = "reserva.messaging.transport";

  /** The publisher on record of an event that came as a plain message: nobody knows who it was. */
  private static final String BROKER = "broker";

  @Bean
  EnvelopeCodec envelopeCodec() {
    return new CloudEventsCodec();
  }

  @Bean
  EventReader eventReader(
      EnvelopeCodec codec,
      EventCatalogue catalogue,
      Schemas schemas,
      EventsByHand byHand,
      Clock clock,
      MessagingProperties properties) {
    ManualImports record =
        (event, tx) -> byHand.record(new Publication(event.id(), BROKER, tx.now(), false), tx);
    return new EventReader(
        codec,
        catalogue,
        new PlainJson(properties.acceptPlain(), catalogue, schemas, record, clock));
  }

  @Bean
  LogIdentity logIdentity(DataSource dataSource) {
    return new PostgresLogIdentity(dataSource);
  }

  @Bean
  DatabaseIdentity databaseIdentity(LogIdentity identity) {
    return new DatabaseIdentity(identity);
  }

  @Bean
  PostgresInbox inbox(Transactions transactions, Ids ids, BackboneProperties properties) {
    return new PostgresInbox(transactions, ids, properties.retention());
  }

  /** All processes of a system keep events for the same time. */
  @Bean
  RememberedImports rememberedImports(BackboneProperties properties) {
    return new RememberedImports(properties.retention());
  }

  /** Also without a broker: that of a time with one may be left. */
  @Bean
  Relays relays() {
    return new PostgresRelays();
  }

  /** Also without a broker: messages of a time with one may wait for an operator. */
  @Bean
  UnreadableMessages unreadableMessages(
      Transactions transactions, PostgresInbox inbox, EventReader reader) {
    return new PostgresUnreadableMessages(transactions, inbox, reader);
  }

  @Bean
  Worker inboxPurge(PostgresInbox inbox) {
    return inbox.worker();
  }

  /** RabbitMQ. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = TRANSPORT, havingValue = "rabbitmq")
  @Import(BrokerPartsConfiguration.class)
  static class Rabbit {

    @Bean
    RabbitBroker rabbitBroker(RabbitProperties properties, SharedTypes types, EnvelopeCodec codec) {
      var settings =
          properties.settings("reserva " + String.join(",", new TreeSet<>(types.services())));
      return new RabbitBroker(
          settings,
          new RabbitTopology(
              types.heardHere().isEmpty() ? Set.of() : types.services(),
              types.all(),
              types.heardHere(),
              settings),
          types.heardElsewhere()::contains,
          codec.contentType());
    }

    @Bean
    TopologyInspection rabbitInspection(
        RabbitBroker broker, RabbitProperties properties, SharedTypes types) {
      return broker.inspection(types.sentTo(), properties.management());
    }
  }

  /** Kafka. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = TRANSPORT, havingValue = "kafka")
  @Import(BrokerPartsConfiguration.class)
  static class Kafka {

    @Bean
    KafkaBroker kafkaBroker(
        KafkaProperties properties,
        BackboneProperties backbone,
        SharedTypes types,
        EnvelopeCodec codec) {
      var settings =
          properties.settings(
              "reserva-" + String.join("-", new TreeSet<>(types.services())), backbone.retention());
      return new KafkaBroker(
          settings,
          new KafkaTopology(
              properties.groupOf(types.services()),
              types.all(),
              types.heardHere(),
              context -> TopicNames.of(context, properties.partitions())),
          types.heardElsewhere()::contains,
          codec.contentType());
    }

    @Bean
    TopologyInspection kafkaInspection(KafkaBroker broker, SharedTypes types) {
      return broker.inspection(
          types.sentTo().values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
    }
  }
}
