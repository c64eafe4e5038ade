/**
 * What this process and this database know of orders, and what the others of the system do.
 *
 * <p>Start reading at {@link dev.reserva.operations.adapters.orders.JoinedOrders}. This package
 * reads what the services tell of themselves, never their tables.
 */
@NullMarked
package dev.reserva.operations.adapters.orders;

import org.jspecify.annotations.NullMarked;
