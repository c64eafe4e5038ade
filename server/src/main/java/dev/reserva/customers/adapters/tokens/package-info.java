/**
 * Access tokens, as the platform knows them.
 *
 * <p>Start reading at {@link dev.reserva.customers.adapters.tokens.RevokedTokens}. When tokens are
 * revoked is decided by the use cases.
 */
@NullMarked
package dev.reserva.customers.adapters.tokens;

import org.jspecify.annotations.NullMarked;
