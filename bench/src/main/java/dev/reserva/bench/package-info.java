/**
 * Measures how fast a server takes orders to their end, and what an order costs it. Start reading
 * at {@link dev.reserva.bench.Bench}, which is one run from its first process to its last check, or
 * at {@link dev.reserva.bench.Comparison}, which measures two versions of the server in turn.
 *
 * <p>The server is a process of its own that is spoken to by HTTP; its database is only looked at.
 * In the same run the machine's own measure is taken: the least row work of an order by plain JDBC.
 * With each phase stands the CPU time that went elsewhere. A run in which an accepted order is not
 * confirmed, or an invariant does not hold, has no result.
 */
@NullMarked
package dev.reserva.bench;

import org.jspecify.annotations.NullMarked;
