/**
 * All SQL of the backbone. The tables stand in the schema {@code messaging}; their migrations are
 * in {@code db/messaging}.
 *
 * <p>Start reading at {@link dev.reserva.messaging.store.PostgresTransactions}, which appends to
 * the log; {@link dev.reserva.messaging.store.LogTail} is how the log's end reaches readers without
 * a query.
 *
 * <p>Nothing in here decides what is retried or given up: that is {@code delivery}.
 */
@NullMarked
package dev.reserva.messaging.store;

import org.jspecify.annotations.NullMarked;
