/**
 * How events reach handlers: the loop of each subscription, retries, and local delivery.
 *
 * <p>Start reading at {@link dev.reserva.messaging.delivery.SubscriptionLoop}: its {@code step()}
 * shows how an event is delivered the ordinary way. {@link
 * dev.reserva.messaging.delivery.LocalDelivery} decides when an event is handled in the transaction
 * that publishes it. {@link dev.reserva.messaging.delivery.RunningBackbone} runs each loop and
 * worker on a thread. The ports {@link dev.reserva.messaging.delivery.Cursors} and {@link
 * dev.reserva.messaging.delivery.Parking} store durable state.
 *
 * <p>A broker joins the logs of several databases: {@link dev.reserva.messaging.delivery.RelayLoop}
 * publishes what one log has, and {@link dev.reserva.messaging.delivery.IntakeLoop} appends to
 * another what arrives. Subscriptions always read their own log.
 *
 * <p>This package knows neither SQL nor a broker's protocol. The database's clock judges leases and
 * retries.
 */
@NullMarked
package dev.reserva.messaging.delivery;

import org.jspecify.annotations.NullMarked;
