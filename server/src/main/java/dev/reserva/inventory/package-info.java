/**
 * Products, their physical stock at each location, and the reservations that hold it for orders:
 * {@code available = stock − reserved − safety stock}, never below zero.
 *
 * <p>It decides whether an order gets its stock: all lines or none, held for 15 minutes (a person
 * can extend that once), and taken when the order is paid. It chooses the locations that serve an
 * order, and a hold stays where it is. Returned goods become stock again, or are written off. A
 * bundle is taken apart before anything is held ({@link dev.reserva.inventory.domain.Bundle}).
 * Start reading at {@link dev.reserva.inventory.domain.StockBook} (the rules) and {@link
 * dev.reserva.inventory.application.FollowOrders} (what happens to stock when orders change), for
 * locations at {@link dev.reserva.inventory.domain.AllocationStrategy}; {@link
 * dev.reserva.inventory.InventoryConfiguration} wires the service.
 *
 * <p>It never knows the prices of orders, customers or payments. It never changes stock without a
 * ledger entry.
 */
@NullMarked
package dev.reserva.inventory;

import org.jspecify.annotations.NullMarked;
