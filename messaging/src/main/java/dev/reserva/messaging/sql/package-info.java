/**
 * How a service's adapters speak SQL within a unit of work.
 *
 * <p>Start reading at {@link dev.reserva.messaging.sql.Statements}.
 */
@NullMarked
package dev.reserva.messaging.sql;

import org.jspecify.annotations.NullMarked;
