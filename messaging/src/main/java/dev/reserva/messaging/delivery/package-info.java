/**
 * How events reach handlers: the loop of each subscription, retries, and local delivery.
 *
 * <p>Start reading at {@link dev.reserva.messaging.delivery.SubscriptionLoop}: its {@code step()}
 * is everything that happens to an event the ordinary way. {@link
 * dev.reserva.messaging.delivery.LocalDelivery} says when an event is handled in the transaction
 * that publishes it. {@link dev.reserva.messaging.delivery.RunningBackbone} gives each loop and
 * worker its thread. The ports {@link dev.reserva.messaging.delivery.Cursors} and {@link
 * dev.reserva.messaging.delivery.Parking} hold what outlives a process.
 *
 * <p>Nothing in here knows SQL or a broker. The database's clock judges leases and retries.
 */
@NullMarked
package dev.reserva.messaging.delivery;

import org.jspecify.annotations.NullMarked;
