/**
 * The backbone in memory, for tests that need no database: transactions that roll back, the log,
 * parking and dead letters, and a transport with every fault that a broker may have. A seed selects
 * the faults.
 *
 * <p>Start reading at {@link dev.reserva.messaging.memory.MemoryBackbone}, which wires it all.
 *
 * <p>Time is a {@link dev.reserva.messaging.memory.VirtualClock}: it passes only when a test calls
 * it.
 */
@NullMarked
package dev.reserva.messaging.memory;

import org.jspecify.annotations.NullMarked;
