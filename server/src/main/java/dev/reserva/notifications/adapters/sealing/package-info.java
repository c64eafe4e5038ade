/**
 * What needs a key: the words of a customer's messages are stored sealed with the customer's key,
 * wherever the history is; addresses are told apart by keyed hashes; links to unsubscribe are
 * signed.
 *
 * <p>Start reading at {@link dev.reserva.notifications.adapters.sealing.SealedHistory}.
 */
@NullMarked
package dev.reserva.notifications.adapters.sealing;

import org.jspecify.annotations.NullMarked;
