package dev.reserva.platform.brokers;

import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.EnvelopeCodec;
import dev.reserva.messaging.transport.kafka.KafkaBroker;
import dev.reserva.messaging.transport.kafka.KafkaTopology;
import dev.reserva.messaging.transport.rabbitmq.RabbitBroker;
import dev.reserva.messaging.transport.rabbitmq.RabbitTopology;
import dev.reserva.platform.backbone.BackboneProperties;
import java.util.Set;
import java.util.TreeSet;
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

  /** RabbitMQ. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = TRANSPORT, havingValue = "rabbitmq")
  @Import(BrokerPartsConfiguration.class)
  static class Rabbit {

    @Bean
    Broker rabbitBroker(RabbitProperties properties, SharedTypes types, EnvelopeCodec codec) {
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
  }

  /** Kafka. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = TRANSPORT, havingValue = "kafka")
  @Import(BrokerPartsConfiguration.class)
  static class Kafka {

    @Bean
    Broker kafkaBroker(
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
  }
}
