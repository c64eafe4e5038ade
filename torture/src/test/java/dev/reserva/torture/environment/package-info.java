@NullMarked
package dev.reserva.torture.environment;

import org.jspecify.annotations.NullMarked;
