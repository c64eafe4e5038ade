/**
 * Financial's tables in the schema {@code financial}, one class per port, and what the integrity
 * checks count in them.
 *
 * <p>Start reading at {@link dev.reserva.financial.adapters.postgres.PostgresPayments}. Every
 * statement works on a set, whatever its size.
 *
 * <p>Nothing is decided in here, and no other service's table is touched.
 */
@NullMarked
package dev.reserva.financial.adapters.postgres;

import org.jspecify.annotations.NullMarked;
