/**
 * The things that faults are done to, and the faults' tools: servers and databases as processes, a
 * network and a disk that can fail, a clock that is off. Start reading at {@link
 * dev.reserva.torture.stage.Server}. Nothing here knows what an order is.
 */
@NullMarked
package dev.reserva.torture.stage;

import org.jspecify.annotations.NullMarked;
