/**
 * SQL within a unit of work, for the adapters of services.
 *
 * <p>Start reading at {@link dev.reserva.messaging.sql.Statements}.
 */
@NullMarked
package dev.reserva.messaging.sql;

import org.jspecify.annotations.NullMarked;
