/**
 * The rules of stock, in memory and without a framework: what may be reserved, how a reservation
 * ends, what the ledger says of it.
 *
 * <p>Start reading at {@link dev.reserva.inventory.domain.StockBook}: it is opened with what one
 * caller or a batch of 500 events touches, decides one thing after the other, and tells what
 * changed. {@link dev.reserva.inventory.domain.ReservationStatus} is the state machine.
 *
 * <p>Nothing in here reads a clock, a database or a configuration.
 */
@NullMarked
package dev.reserva.inventory.domain;

import org.jspecify.annotations.NullMarked;
