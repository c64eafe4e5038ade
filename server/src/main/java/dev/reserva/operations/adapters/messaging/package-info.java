/**
 * What operations hears.
 *
 * <p>Start reading at {@link dev.reserva.operations.adapters.messaging.OrderSteps}. It hears facts
 * and never publishes any.
 */
@NullMarked
package dev.reserva.operations.adapters.messaging;

import org.jspecify.annotations.NullMarked;
