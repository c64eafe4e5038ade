package dev.reserva.platform.brokers;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.messaging.*}
 *
 * @param transport what brings events to services of other processes
 * @param acceptPlain whether messages without an envelope, which people publish by hand, are events
 */
@ConfigurationProperties("reserva.messaging")
public record MessagingProperties(
    @DefaultValue("postgres") Transport transport, @DefaultValue("false") boolean acceptPlain) {

  /** A transport by its name in the property. */
  public enum Transport {
    /** The log of the database that all processes share. */
    POSTGRES,
    /** A broker between databases, see {@link RabbitProperties}. */
    RABBITMQ,
    /** A broker between databases, see {@link KafkaProperties}. */
    KAFKA
  }
}
