/**
 * The same saga on other libraries, measured beside Reserva in one run. Start reading at {@link
 * dev.reserva.peers.Main}; the peers stand in {@code dbos} and {@code modulith}.
 */
@NullMarked
package dev.reserva.peers;

import org.jspecify.annotations.NullMarked;
