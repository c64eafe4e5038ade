@NullMarked
package dev.reserva.peers;

import org.jspecify.annotations.NullMarked;
