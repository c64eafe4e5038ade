/**
 * The rules of stock: what may be reserved, from which locations, how a reservation ends, and what
 * the ledger records.
 *
 * <p>Start reading at {@link dev.reserva.inventory.domain.StockBook}: it is opened with the rows of
 * one command or of a batch of 500 events, decides step by step, and returns the changes. {@link
 * dev.reserva.inventory.domain.ReservationStatus} is the state machine.
 *
 * <p>Nothing in this package reads a clock, a database or a configuration.
 */
@NullMarked
package dev.reserva.inventory.domain;

import org.jspecify.annotations.NullMarked;
