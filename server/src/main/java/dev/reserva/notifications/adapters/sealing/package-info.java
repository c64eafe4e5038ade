/**
 * Sealing: the words of a customer's messages are stored sealed with the customer's key, wherever
 * the history is.
 *
 * <p>Start reading at {@link dev.reserva.notifications.adapters.sealing.SealedHistory}.
 */
@NullMarked
package dev.reserva.notifications.adapters.sealing;

import org.jspecify.annotations.NullMarked;
