/**
 * One port in front of a system whose services run in several processes. It passes requests on to
 * the instances of the service that has the route, merges what describes the whole system, and
 * relays the live feed.
 *
 * <p>Start reading at {@link dev.reserva.gateway.ServiceRoutes} (which service has a path) and
 * {@link dev.reserva.gateway.Dispatcher} (which instance gets a request, and what follows a
 * failure).
 *
 * <p>It has no database, no secret and no state that a restart loses. It never judges a token: the
 * services do. It never changes a body.
 */
@NullMarked
package dev.reserva.gateway;

import org.jspecify.annotations.NullMarked;
