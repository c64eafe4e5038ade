/**
 * Password hashes by Spring Security's encoders, in bounded pools.
 *
 * <p>Start reading at {@link dev.reserva.customers.adapters.hashing.DelegatingPasswords}; a hash is
 * never part of an answer.
 */
@NullMarked
package dev.reserva.customers.adapters.hashing;

import org.jspecify.annotations.NullMarked;
