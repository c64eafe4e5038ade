/** Tests that the documents agree with the code. */
@NullMarked
package dev.reserva.docs;

import org.jspecify.annotations.NullMarked;
