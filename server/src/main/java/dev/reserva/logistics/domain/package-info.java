/**
 * The rules of shipments: what is dispatched for an order, in how many parts, and what becomes of
 * the parts when the order ends.
 *
 * <p>Start reading at {@link dev.reserva.logistics.domain.Fulfilment}, which holds all shipments of
 * one order. {@link dev.reserva.logistics.domain.ShipmentStatus} is the state machine.
 *
 * <p>Nothing in this package reads a clock, a database or a configuration.
 */
@NullMarked
package dev.reserva.logistics.domain;

import org.jspecify.annotations.NullMarked;
