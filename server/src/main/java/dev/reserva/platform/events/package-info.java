/**
 * The published language as it leaves the house: the CloudEvents envelope, the JSON Schemas, and
 * what guards and announces dead letters. Every process needs it, whichever services it runs.
 *
 * <p>Start reading at {@link dev.reserva.platform.events.CloudEvents} and {@link
 * dev.reserva.platform.events.Schemas}; {@link dev.reserva.platform.events.EventsConfiguration}
 * wires it all.
 *
 * <p>What an event means is never decided here; its shape is in {@code contracts}.
 */
@org.springframework.modulith.NamedInterface("events")
@NullMarked
package dev.reserva.platform.events;

import org.jspecify.annotations.NullMarked;
