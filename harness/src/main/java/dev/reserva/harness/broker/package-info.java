/**
 * Message brokers for tests, fault injection and split systems on one machine: private nodes that
 * can be killed, restarted and wiped ({@link dev.reserva.harness.broker.RabbitNode}, {@link
 * dev.reserva.harness.broker.KafkaNode}), and virtual hosts of the machine's RabbitMQ ({@link
 * dev.reserva.harness.broker.LocalRabbit}), which cost less.
 *
 * <p>Nodes listen on 127.0.0.1 only, and end with the JVM that started them. This package does not
 * know what the brokers carry.
 */
@NullMarked
package dev.reserva.harness.broker;

import org.jspecify.annotations.NullMarked;
