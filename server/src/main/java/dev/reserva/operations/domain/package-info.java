/**
 * What must hold between the services' books, and what counts as healthy.
 *
 * <p>Start reading at {@link dev.reserva.operations.domain.OrderBook}. Pure Java: nothing is read
 * or written here.
 */
@NullMarked
package dev.reserva.operations.domain;

import org.jspecify.annotations.NullMarked;
