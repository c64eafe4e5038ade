/**
 * The transports, measured: each in one process and split, in turn with one process on PostgreSQL,
 * and beside the limit of its broker. Start reading at {@code TransportComparison}.
 */
@NullMarked
package dev.reserva.bench.transports;

import org.jspecify.annotations.NullMarked;
