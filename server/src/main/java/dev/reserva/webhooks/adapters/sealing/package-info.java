/**
 * The secrets of endpoints, and signatures made with them.
 *
 * <p>Start reading at {@link dev.reserva.webhooks.adapters.sealing.SealedSecrets}.
 */
@NullMarked
package dev.reserva.webhooks.adapters.sealing;

import org.jspecify.annotations.NullMarked;
