/**
 * The use cases of inventory, one class each, and their ports.
 *
 * <p>Start reading at {@link dev.reserva.inventory.application.FollowOrders}: there stock is
 * reserved for the orders of the shop. {@link dev.reserva.inventory.application.ReserveStock}
 * reserves by hand. Each use case opens a {@link dev.reserva.inventory.domain.StockBook} in the
 * same way: reservations are locked first, by order, then stock levels, by product and location,
 * which avoids deadlocks.
 *
 * <p>Rules are in the domain. SQL and HTTP are in the adapters.
 */
@NullMarked
package dev.reserva.inventory.application;

import org.jspecify.annotations.NullMarked;
