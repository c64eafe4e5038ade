/**
 * The JSON form of values, for HTTP and for events: one set of rules, two degrees of strictness.
 *
 * <p>Start reading at {@link dev.reserva.platform.json.Json}.
 *
 * <p>This package depends neither on HTTP nor on any event.
 */
@org.springframework.modulith.NamedInterface("json")
@NullMarked
package dev.reserva.platform.json;

import org.jspecify.annotations.NullMarked;
