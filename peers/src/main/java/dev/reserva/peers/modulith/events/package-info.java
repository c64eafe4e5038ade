/** The events, which are all that the modules share. */
@NullMarked
package dev.reserva.peers.modulith.events;

import org.jspecify.annotations.NullMarked;
