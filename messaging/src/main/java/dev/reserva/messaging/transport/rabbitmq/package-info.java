/**
 * RabbitMQ as the broker between logs.
 *
 * <p>Start reading at {@link dev.reserva.messaging.transport.rabbitmq.RabbitTopology}, which
 * declares exchanges, queues and bindings. {@link
 * dev.reserva.messaging.transport.rabbitmq.RabbitBroker} connects; each end has a connection of its
 * own. The loops in {@code delivery} connect again when a connection is lost.
 */
@NullMarked
package dev.reserva.messaging.transport.rabbitmq;

import org.jspecify.annotations.NullMarked;
