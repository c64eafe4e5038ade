/**
 * Lets operations judge what the services claim of themselves.
 *
 * <p>Start reading at {@link dev.reserva.operations.adapters.integrity.ClaimedOrderBooks}: it asks
 * the services' own claims and never their tables.
 */
@NullMarked
package dev.reserva.operations.adapters.integrity;

import org.jspecify.annotations.NullMarked;
