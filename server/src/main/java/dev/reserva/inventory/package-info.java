/**
 * Products, physical stock, and the reservations that hold it for orders: {@code available = stock
 * − reserved}, never below zero.
 *
 * <p>It decides whether an order gets its stock: all lines or none, for 15 minutes, then for good
 * when it is paid. Start reading at {@link dev.reserva.inventory.domain.StockBook} (the rules) and
 * {@link dev.reserva.inventory.application.FollowOrders} (what events set going); {@link
 * dev.reserva.inventory.InventoryConfiguration} wires it all.
 *
 * <p>It never knows prices of orders, customers or payments, and never changes stock without a row
 * in its ledger.
 */
@NullMarked
package dev.reserva.inventory;

import org.jspecify.annotations.NullMarked;
