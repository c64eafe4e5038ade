/**
 * The tables of schema {@code operations}.
 *
 * <p>One class for each port. Start reading at {@link
 * dev.reserva.operations.adapters.postgres.PostgresOrderCounts}. It names no table of another
 * service.
 */
@NullMarked
package dev.reserva.operations.adapters.postgres;

import org.jspecify.annotations.NullMarked;
