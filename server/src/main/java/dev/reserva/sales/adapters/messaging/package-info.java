/**
 * Translates the events that sales subscribes to.
 *
 * <p>Start reading at {@link dev.reserva.sales.adapters.messaging.SalesMessages}.
 *
 * <p>Decides nothing: use cases do.
 */
@NullMarked
package dev.reserva.sales.adapters.messaging;

import org.jspecify.annotations.NullMarked;
