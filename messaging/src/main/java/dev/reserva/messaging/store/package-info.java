/**
 * All SQL of the backbone. The tables are in the schema {@code messaging}; their migrations are in
 * {@code db/messaging}.
 *
 * <p>Start reading at {@link dev.reserva.messaging.store.PostgresTransactions}, which runs a
 * transaction and appends its events to the log, whose rows are {@link
 * dev.reserva.messaging.store.EventBatch}es. Then read {@link dev.reserva.messaging.store.LogTail},
 * from which subscriptions read new events without a query, and {@link
 * dev.reserva.messaging.store.PostgresParking} and {@link
 * dev.reserva.messaging.store.PostgresDeadLetters} for events that failed. {@link
 * dev.reserva.messaging.store.LogSegments} bounds the log.
 *
 * <p>This package never decides whether an event is retried or given up; {@code delivery} does.
 */
@NullMarked
package dev.reserva.messaging.store;

import org.jspecify.annotations.NullMarked;
