/**
 * The subscription of operations.
 *
 * <p>Start reading at {@link dev.reserva.operations.adapters.messaging.OrderSteps}. It handles
 * events and publishes none.
 */
@NullMarked
package dev.reserva.operations.adapters.messaging;

import org.jspecify.annotations.NullMarked;
