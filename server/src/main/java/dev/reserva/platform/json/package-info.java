/**
 * How values look in JSON, for HTTP and for events alike: one set of rules, two degrees of
 * strictness.
 *
 * <p>Start reading at {@link dev.reserva.platform.json.Json}.
 *
 * <p>Nothing here knows HTTP or an event.
 */
@org.springframework.modulith.NamedInterface("json")
@NullMarked
package dev.reserva.platform.json;

import org.jspecify.annotations.NullMarked;
