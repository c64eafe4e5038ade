/**
 * The ports of inventory on a {@code MemoryDatabase}, for unit tests and the simulation: what a
 * transaction writes is undone when it rolls back or its process dies.
 */
@NullMarked
package dev.reserva.inventory.adapters.memory;

import org.jspecify.annotations.NullMarked;
