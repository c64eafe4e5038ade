/**
 * What inventory hears: turns the orders' events into the steps that stock follows.
 *
 * <p>Start reading at {@link dev.reserva.inventory.adapters.messaging.OrderEvents}. An event that
 * can never be followed is refused here, before anything is touched.
 *
 * <p>Nothing is decided in here.
 */
@NullMarked
package dev.reserva.inventory.adapters.messaging;

import org.jspecify.annotations.NullMarked;
