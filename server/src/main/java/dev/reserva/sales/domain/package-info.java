/**
 * The rules of orders: which states there are, what moves an order from one to the next, what a
 * basket may hold.
 *
 * <p>Start reading at {@link dev.reserva.sales.domain.OrderTransitions} (the one table of edges),
 * then {@link dev.reserva.sales.domain.Order} (what a fact or a person's command does to an order).
 *
 * <p>Nothing here reads a clock, a database or a request.
 */
@NullMarked
package dev.reserva.sales.domain;

import org.jspecify.annotations.NullMarked;
