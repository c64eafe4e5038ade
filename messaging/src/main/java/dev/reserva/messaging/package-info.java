/**
 * The backbone: an event log with cursors. This package is all that a service sees of it.
 *
 * <p>A service changes its state in a {@link dev.reserva.messaging.UnitOfWork}, publishes facts in
 * the same transaction, and hears others through a {@link dev.reserva.messaging.Subscription}. What
 * failed is found in {@link dev.reserva.messaging.DeadLetters}, what happened in {@link
 * dev.reserva.messaging.EventLog}.
 *
 * <p>Start reading at {@link dev.reserva.messaging.UnitOfWork}, then {@link
 * dev.reserva.messaging.Subscription}; the loops are in {@code delivery}, all SQL in {@code store},
 * what moves events between processes in {@code transport}.
 *
 * <p>The backbone never knows what an event means, and no service.
 */
@NullMarked
package dev.reserva.messaging;

import org.jspecify.annotations.NullMarked;
