/** Tests of the values that services share. */
@NullMarked
package dev.reserva.contracts;

import org.jspecify.annotations.NullMarked;
