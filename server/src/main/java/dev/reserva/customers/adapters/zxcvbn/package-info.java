/**
 * Common passwords, from the lists of the zxcvbn library.
 *
 * <p>Start reading at {@link dev.reserva.customers.adapters.zxcvbn.ZxcvbnCommonPasswords}. The
 * library's own estimate of a password's strength is not used.
 */
@NullMarked
package dev.reserva.customers.adapters.zxcvbn;

import org.jspecify.annotations.NullMarked;
