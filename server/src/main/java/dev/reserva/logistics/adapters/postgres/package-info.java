/**
 * Logistics' table on PostgreSQL, schema {@code logistics}: one class per port, its SQL on top.
 *
 * <p>Start reading at {@link dev.reserva.logistics.adapters.postgres.PostgresShipments}.
 *
 * <p>No transaction begins or ends in here.
 */
@NullMarked
package dev.reserva.logistics.adapters.postgres;

import org.jspecify.annotations.NullMarked;
