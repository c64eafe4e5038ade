/**
 * Inventory over HTTP: reads requests into checked values, hands them to a use case, and writes
 * what came of it.
 *
 * <p>Start reading at {@link dev.reserva.inventory.adapters.web.StockController}. Who may call what
 * is in {@link dev.reserva.inventory.adapters.web.InventoryRoutes}.
 *
 * <p>Nothing is decided in here.
 */
@NullMarked
package dev.reserva.inventory.adapters.web;

import org.jspecify.annotations.NullMarked;
