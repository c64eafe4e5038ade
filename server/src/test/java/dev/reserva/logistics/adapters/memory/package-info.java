/** Logistics' port in memory, for its tests and the simulation. */
@NullMarked
package dev.reserva.logistics.adapters.memory;

import org.jspecify.annotations.NullMarked;
