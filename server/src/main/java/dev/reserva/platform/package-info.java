/**
 * What every HTTP service needs and none of them decides: the embedded database, security, problem
 * details, idempotency, paging, the description of the API, and the wiring of the backbone.
 *
 * <p>Start reading at {@link dev.reserva.platform.web.Commands} (how a request becomes one
 * transaction) and {@link dev.reserva.platform.security.Route} (who may call what). The platform
 * never knows a service.
 */
@NullMarked
package dev.reserva.platform;

import org.jspecify.annotations.NullMarked;
