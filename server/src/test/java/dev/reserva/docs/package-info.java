/** Holds the documents for readers to what the code does. */
@NullMarked
package dev.reserva.docs;

import org.jspecify.annotations.NullMarked;
