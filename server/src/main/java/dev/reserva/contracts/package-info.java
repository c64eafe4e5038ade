/**
 * The published language: the events, and the values in them, money and text. The one thing that
 * services share.
 *
 * <p>Each service's events are a sealed interface of records; {@link
 * dev.reserva.contracts.Contracts} lists them all with their names on the wire. Within a major
 * version a payload only gains optional (nullable) components; anything else is a new type with
 * {@code .v2} at its end.
 *
 * <p>Nothing but {@code java.*} is used in here, and nothing is decided here.
 */
@NullMarked
package dev.reserva.contracts;

import org.jspecify.annotations.NullMarked;
