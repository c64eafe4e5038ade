/**
 * API keys in the platform's table, which every process checks.
 *
 * <p>Start reading at {@link dev.reserva.customers.adapters.apikeys.PlatformApiKeys}. It only
 * translates: the rules are in the domain.
 */
@NullMarked
package dev.reserva.customers.adapters.apikeys;

import org.jspecify.annotations.NullMarked;
