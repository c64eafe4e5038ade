/**
 * The services' ports on a {@code MemoryDatabase}: what a transaction writes is undone when it
 * rolls back or its process dies.
 */
@NullMarked
package dev.reserva.simulation.memory;

import org.jspecify.annotations.NullMarked;
