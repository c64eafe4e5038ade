/**
 * Password hashes by bcrypt.
 *
 * <p>Start reading at {@link dev.reserva.customers.adapters.bcrypt.BcryptPasswords}; a hash is
 * never part of an answer.
 */
@NullMarked
package dev.reserva.customers.adapters.bcrypt;

import org.jspecify.annotations.NullMarked;
