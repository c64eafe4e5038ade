/**
 * Transports bring events from the log to subscriptions. The configuration chooses one; the
 * guarantees are the same.
 *
 * <p>A {@link dev.reserva.messaging.transport.Transport} delivers at least once and in order per
 * key. Everything else (exactly-once effects, parking, retries, dead letters) is the same for all
 * transports; it is done in {@code delivery} and in the consumer's database.
 *
 * <p>A {@link dev.reserva.messaging.transport.Broker} carries events between the logs of several
 * databases. It has a publishing and a consuming end; {@code rabbitmq} and {@code kafka} implement
 * it.
 */
@NullMarked
package dev.reserva.messaging.transport;

import org.jspecify.annotations.NullMarked;
