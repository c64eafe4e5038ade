/**
 * The use cases of webhooks, and their ports.
 *
 * <p>Start reading at {@link dev.reserva.webhooks.application.QueueDeliveries}, for a replay at
 * {@link dev.reserva.webhooks.application.ReplayEvents}. Nothing here sends inside a transaction.
 */
@NullMarked
package dev.reserva.webhooks.application;

import org.jspecify.annotations.NullMarked;
