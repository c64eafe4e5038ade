@NullMarked
package dev.reserva.torture.stage;

import org.jspecify.annotations.NullMarked;
