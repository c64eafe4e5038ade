/**
 * The tables of schema {@code operations}.
 *
 * <p>One class per port; start reading at {@link
 * dev.reserva.operations.adapters.postgres.PostgresOrderCounts}. No other service's table is named
 * here.
 */
@NullMarked
package dev.reserva.operations.adapters.postgres;

import org.jspecify.annotations.NullMarked;
