/**
 * The common technical parts of all services: the embedded database, security, problem details,
 * idempotency, paging, the description of the API, and the wiring of the backbone.
 *
 * <p>Start reading at {@link dev.reserva.platform.web.Commands} (how a request becomes one
 * transaction) and {@link dev.reserva.platform.security.Route} (who may call what). The platform
 * does not depend on any service.
 */
@NullMarked
package dev.reserva.platform;

import org.jspecify.annotations.NullMarked;
