/**
 * Two services on databases of their own, which RabbitMQ joins, under load and faults.
 *
 * <p>Start reading at {@link dev.reserva.messaging.faults.Saga}, which runs the load, injects a
 * fault and judges what has become of the events.
 */
@NullMarked
package dev.reserva.messaging.faults;

import org.jspecify.annotations.NullMarked;
