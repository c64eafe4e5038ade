/**
 * The tables of schema {@code sales}: one class per port, its SQL on top.
 *
 * <p>Start reading at {@link dev.reserva.sales.adapters.postgres.PostgresOrders}. Each method is a
 * fixed number of statements, however many orders it is about.
 *
 * <p>Never commits, never decides.
 */
@NullMarked
package dev.reserva.sales.adapters.postgres;

import org.jspecify.annotations.NullMarked;
