/**
 * What can be done with stock, one class per use case, and the ports they need.
 *
 * <p>Start reading at {@link dev.reserva.inventory.application.ReserveStock} (by hand) and {@link
 * dev.reserva.inventory.application.FollowOrders} (by events). All of them open a {@link
 * dev.reserva.inventory.domain.StockBook} in the same way: reservations are locked first, by order,
 * then stock levels, by product, so that no two transactions can wait for each other in a circle.
 *
 * <p>Nothing is decided in here, and nothing knows SQL or HTTP.
 */
@NullMarked
package dev.reserva.inventory.application;

import org.jspecify.annotations.NullMarked;
