/**
 * What logistics hears: turns the orders' events into the steps that shipments follow.
 *
 * <p>Start reading at {@link dev.reserva.logistics.adapters.messaging.OrderMessages}. An event that
 * can never be followed is refused here, before anything is touched.
 *
 * <p>Nothing is decided in here.
 */
@NullMarked
package dev.reserva.logistics.adapters.messaging;

import org.jspecify.annotations.NullMarked;
