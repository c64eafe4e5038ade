/**
 * What can be done with orders: one class per use case, named by its verb, and the ports that they
 * need.
 *
 * <p>Start reading at {@link dev.reserva.sales.application.PlaceOrders} and {@link
 * dev.reserva.sales.application.FollowOrders}, the heart of an order's way.
 *
 * <p>Use cases orchestrate; the domain decides. Each works on a set in a few statements, and one
 * order is a set of one.
 */
@NullMarked
package dev.reserva.sales.application;

import org.jspecify.annotations.NullMarked;
