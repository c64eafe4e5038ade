/**
 * Operations: how the system fares, what happened in it, and what an operator can do about it.
 *
 * <p>It decides what counts as healthy and which promises between services must hold ({@link
 * dev.reserva.operations.domain.OrderBook}); all else it reads from the backbone. Start reading at
 * {@link dev.reserva.operations.application.CheckIntegrity}.
 *
 * <p>It never reads another service's tables: orders are counted from events, and services make
 * their claims about orders themselves.
 */
@NullMarked
package dev.reserva.operations;

import org.jspecify.annotations.NullMarked;
