/**
 * The use cases of logistics, one class each, and their port.
 *
 * <p>Start reading at {@link dev.reserva.logistics.application.FollowOrders}: there the shipments
 * of the shop's orders begin and end. {@link dev.reserva.logistics.application.DispatchShipment}
 * and {@link dev.reserva.logistics.application.DeliverShipment} are commands of the warehouse. All
 * of them lock every shipment of an order before they decide.
 *
 * <p>Rules are in the domain. SQL and HTTP are in the adapters.
 */
@NullMarked
package dev.reserva.logistics.application;

import org.jspecify.annotations.NullMarked;
