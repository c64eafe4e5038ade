/**
 * The rules by which the services' records agree, the rules of health, and the order in which
 * things happened to an order.
 *
 * <p>Start reading at {@link dev.reserva.operations.domain.OrderBook} and {@link
 * dev.reserva.operations.domain.CausalOrder}. Pure Java, without input or output.
 */
@NullMarked
package dev.reserva.operations.domain;

import org.jspecify.annotations.NullMarked;
