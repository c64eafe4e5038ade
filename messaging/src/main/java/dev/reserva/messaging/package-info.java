/**
 * The backbone: an event log with cursors. Services use this package; their adapters to PostgreSQL
 * also use {@code sql}.
 *
 * <p>A service changes its state in a {@link dev.reserva.messaging.UnitOfWork}, publishes facts in
 * the same transaction, and receives those of other services through a {@link
 * dev.reserva.messaging.Subscription}. {@link dev.reserva.messaging.EventLog} reads all events,
 * {@link dev.reserva.messaging.DeadLetters} those that no handler could handle, {@link
 * dev.reserva.messaging.ParkedEvents} what else waits.
 *
 * <p>Start reading at {@link dev.reserva.messaging.UnitOfWork}, then {@link
 * dev.reserva.messaging.Subscription}. The loops are in {@code delivery}, the backbone's SQL in
 * {@code store}, the transports in {@code transport}.
 *
 * <p>The backbone knows no service, and not what an event means.
 */
@NullMarked
package dev.reserva.messaging;

import org.jspecify.annotations.NullMarked;
