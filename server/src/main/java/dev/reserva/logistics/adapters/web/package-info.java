/**
 * Logistics over HTTP: reads requests into checked values, hands them to a use case, and writes
 * what came of it.
 *
 * <p>Start reading at {@link dev.reserva.logistics.adapters.web.ShipmentCommandsController}. Who
 * may call what is in {@link dev.reserva.logistics.adapters.web.ShipmentRoutes}.
 *
 * <p>Nothing is decided in here.
 */
@NullMarked
package dev.reserva.logistics.adapters.web;

import org.jspecify.annotations.NullMarked;
