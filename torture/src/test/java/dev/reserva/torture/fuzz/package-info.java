@NullMarked
package dev.reserva.torture.fuzz;

import org.jspecify.annotations.NullMarked;
