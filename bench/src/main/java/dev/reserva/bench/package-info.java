/**
 * Measures how fast a server takes orders to their end, and what an order costs it. Start reading
 * at {@link dev.reserva.bench.Bench}, which is the run from its first process to its last check.
 *
 * <p>The server is a process of its own that is spoken to by HTTP; its database is only looked at.
 * In the same run the machine's own measure is taken: the least row work of an order by plain JDBC.
 * A run in which an accepted order is not confirmed, or an invariant does not hold, has no result.
 */
@NullMarked
package dev.reserva.bench;

import org.jspecify.annotations.NullMarked;
