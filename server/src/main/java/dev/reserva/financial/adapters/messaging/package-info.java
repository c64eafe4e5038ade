/**
 * The events that financial handles: orders that can be paid and orders that died.
 *
 * <p>Start reading at {@link dev.reserva.financial.adapters.messaging.OrderMessages}. It translates
 * events for {@link dev.reserva.financial.application.FollowOrders} and decides nothing.
 */
@NullMarked
package dev.reserva.financial.adapters.messaging;

import org.jspecify.annotations.NullMarked;
