/**
 * The ports of financial on a {@code MemoryDatabase}, for unit tests and the simulation: what a
 * transaction writes is undone when it rolls back or its process dies.
 */
@NullMarked
package dev.reserva.financial.adapters.memory;

import org.jspecify.annotations.NullMarked;
