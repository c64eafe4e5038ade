/**
 * The use cases of orders, one class each, named by its verb, and the ports that they need.
 *
 * <p>Start reading at {@link dev.reserva.sales.application.PlaceOrders} and {@link
 * dev.reserva.sales.application.FollowOrders}.
 *
 * <p>Use cases orchestrate; the domain decides. Each works on a set in a fixed number of
 * statements; one order is a set of one.
 */
@NullMarked
package dev.reserva.sales.application;

import org.jspecify.annotations.NullMarked;
