/**
 * Orders over HTTP.
 *
 * <p>Start reading at {@link dev.reserva.sales.adapters.web.OrdersController} and {@link
 * dev.reserva.sales.adapters.web.OrderCommandsController}: a request is parsed into checked values,
 * a use case decides, its outcome becomes an answer or a problem.
 *
 * <p>No rule about orders stands here.
 */
@NullMarked
package dev.reserva.sales.adapters.web;

import org.jspecify.annotations.NullMarked;
