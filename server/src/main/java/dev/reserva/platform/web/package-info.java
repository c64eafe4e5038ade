/**
 * How a request becomes a command or a query, and how anything that goes wrong becomes a problem
 * document.
 *
 * <p>Start reading at {@link dev.reserva.platform.web.Commands}; what a controller may take as
 * parameters is in {@link dev.reserva.platform.web.RequestContext}, {@link
 * dev.reserva.platform.web.PageRequest} and {@link dev.reserva.platform.web.IfMatch}, how it
 * refuses in {@link dev.reserva.platform.web.Problem}.
 *
 * <p>Nothing here knows a service.
 */
@org.springframework.modulith.NamedInterface("web")
@NullMarked
package dev.reserva.platform.web;

import org.jspecify.annotations.NullMarked;
