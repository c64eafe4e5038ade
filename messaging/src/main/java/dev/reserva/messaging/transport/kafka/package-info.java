/**
 * Apache Kafka as the broker between logs.
 *
 * <p>Start reading at {@link dev.reserva.messaging.transport.kafka.KafkaTopology}, which says what
 * goes to which topic, and creates or checks the topics. {@link
 * dev.reserva.messaging.transport.kafka.KafkaBroker} connects. The client libraries connect again
 * by themselves; the loops in {@code delivery} open a new client when one has given up.
 */
@NullMarked
package dev.reserva.messaging.transport.kafka;

import org.jspecify.annotations.NullMarked;
