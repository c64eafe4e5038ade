/**
 * Measures the throughput and latency of orders, and what an order costs. Start reading at {@link
 * dev.reserva.bench.Bench}, which is one run from its first process to its last check, or at {@link
 * dev.reserva.bench.Comparison}, which measures two versions of the server in turn.
 *
 * <p>The server is a process of its own that is called over HTTP; its database is only read. The
 * same run measures a baseline on the machine: the minimal row operations of an order by plain
 * JDBC. Each phase records the CPU time of other processes. A run in which an accepted order is not
 * confirmed, or an invariant does not hold, has no result.
 */
@NullMarked
package dev.reserva.bench;

import org.jspecify.annotations.NullMarked;
