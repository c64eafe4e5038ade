/**
 * Financial's tables in the schema {@code financial}, one class per port, and the integrity checks
 * over them.
 *
 * <p>Start reading at {@link dev.reserva.financial.adapters.postgres.PostgresPayments}. Every
 * statement works on a set of any size.
 *
 * <p>This package decides nothing and touches no other service's table.
 */
@NullMarked
package dev.reserva.financial.adapters.postgres;

import org.jspecify.annotations.NullMarked;
