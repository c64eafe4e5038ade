/**
 * Turns requests into commands and queries, and errors into problem documents.
 *
 * <p>Start reading at {@link dev.reserva.platform.web.Commands}. A controller can take {@link
 * dev.reserva.platform.web.RequestContext}, {@link dev.reserva.platform.web.PageRequest} and {@link
 * dev.reserva.platform.web.IfMatch} as parameters, an {@link dev.reserva.platform.web.Upload} where
 * the route takes a file, and refuses with {@link dev.reserva.platform.web.Problem}.
 *
 * <p>Nothing here knows a service.
 */
@org.springframework.modulith.NamedInterface("web")
@NullMarked
package dev.reserva.platform.web;

import org.jspecify.annotations.NullMarked;
