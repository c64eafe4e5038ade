/**
 * The same saga on other libraries, measured together with Reserva in one run. Start reading at
 * {@link dev.reserva.peers.Main}. The peers are in {@code dbos} and {@code modulith}.
 */
@NullMarked
package dev.reserva.peers;

import org.jspecify.annotations.NullMarked;
