/**
 * Inventory's tables on PostgreSQL, schema {@code inventory}: one class per port, its SQL on top.
 *
 * <p>Start reading at {@link dev.reserva.inventory.adapters.postgres.PostgresStocks}. Statements
 * take sets as arrays, whose length is hidden from the planner in a subquery: it then expects ten
 * elements and looks each up by its index, where 500 known ones might tempt it into reading a table
 * as a whole.
 *
 * <p>No transaction begins or ends in here.
 */
@NullMarked
package dev.reserva.inventory.adapters.postgres;

import org.jspecify.annotations.NullMarked;
