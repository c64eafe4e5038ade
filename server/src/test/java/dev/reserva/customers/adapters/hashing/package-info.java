/** Tests of the password hashes. */
@NullMarked
package dev.reserva.customers.adapters.hashing;

import org.jspecify.annotations.NullMarked;
