/** Tests of the password hashes. */
@NullMarked
package dev.reserva.customers.adapters.bcrypt;

import org.jspecify.annotations.NullMarked;
