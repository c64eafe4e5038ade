/**
 * What financial hears: orders that can be paid and orders that died.
 *
 * <p>Start reading at {@link dev.reserva.financial.adapters.messaging.OrderMessages}. It only hands
 * facts on to {@link dev.reserva.financial.application.FollowOrders} and decides nothing.
 */
@NullMarked
package dev.reserva.financial.adapters.messaging;

import org.jspecify.annotations.NullMarked;
