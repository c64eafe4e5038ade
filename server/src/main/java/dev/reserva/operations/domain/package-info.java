/**
 * The rules by which the services' records agree, and the rules of health.
 *
 * <p>Start reading at {@link dev.reserva.operations.domain.OrderBook}. Pure Java, without input or
 * output.
 */
@NullMarked
package dev.reserva.operations.domain;

import org.jspecify.annotations.NullMarked;
