@NullMarked
package dev.reserva.torture;

import org.jspecify.annotations.NullMarked;
