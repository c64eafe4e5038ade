/**
 * Brings the claims and checks of the services into the integrity check.
 *
 * <p>Start reading at {@link dev.reserva.operations.adapters.integrity.ClaimedOrderBooks}. Claims
 * of services in other processes come by {@link
 * dev.reserva.operations.adapters.integrity.SystemOrderBooks}. This package reads claims of the
 * services, never their tables.
 */
@NullMarked
package dev.reserva.operations.adapters.integrity;

import org.jspecify.annotations.NullMarked;
