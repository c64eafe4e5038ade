/**
 * Sales: orders, from the buyer's request to their completion, and what comes back of them.
 *
 * <p>Decides what an order costs, which state follows which, and when an order has waited for too
 * long. Start reading at {@link dev.reserva.sales.domain.OrderTransitions}, then {@link
 * dev.reserva.sales.application.PlaceOrders} and {@link
 * dev.reserva.sales.application.FollowOrders}; for returns at {@link
 * dev.reserva.sales.domain.OrderReturns}. {@link dev.reserva.sales.SalesConfiguration} wires it.
 *
 * <p>Never holds stock, never takes money, and asks no other service: it knows prices, customers
 * and locations from events.
 */
@NullMarked
package dev.reserva.sales;

import org.jspecify.annotations.NullMarked;
