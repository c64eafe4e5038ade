/**
 * Shipments: what is to be picked, what has left, and what has arrived.
 *
 * <p>It decides what may leave for an order: exactly its goods, from the location that holds them,
 * and nothing once its cancellation is known. Start reading at {@link
 * dev.reserva.logistics.domain.Fulfilment} (the rules) and {@link
 * dev.reserva.logistics.application.FollowOrders} (what happens to shipments when orders change);
 * {@link dev.reserva.logistics.LogisticsConfiguration} wires the service.
 *
 * <p>It never changes stock, money or an order: others act upon its events.
 */
@NullMarked
package dev.reserva.logistics;

import org.jspecify.annotations.NullMarked;
