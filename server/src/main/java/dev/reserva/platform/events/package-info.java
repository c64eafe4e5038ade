/**
 * The published language: the CloudEvents envelope, the JSON Schemas, and the events about dead
 * letters. Every process needs it, whichever services it runs.
 *
 * <p>Start reading at {@link dev.reserva.platform.events.CloudEvents} and {@link
 * dev.reserva.platform.events.Schemas}; {@link dev.reserva.platform.events.EventsConfiguration}
 * wires it all.
 *
 * <p>This package does not decide what an event means. The payloads are defined in {@code
 * contracts}.
 */
@org.springframework.modulith.NamedInterface("events")
@NullMarked
package dev.reserva.platform.events;

import org.jspecify.annotations.NullMarked;
