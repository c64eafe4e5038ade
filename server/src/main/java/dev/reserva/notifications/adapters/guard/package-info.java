/**
 * Circuit breakers: a provider that fails is left alone for a while, and nothing is claimed for it.
 *
 * <p>Start reading at {@link dev.reserva.notifications.adapters.guard.GuardedSender}.
 */
@NullMarked
package dev.reserva.notifications.adapters.guard;

import org.jspecify.annotations.NullMarked;
