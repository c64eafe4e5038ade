/**
 * A typed client of the HTTP API, as much of it as the commands use.
 *
 * <p>Start reading at {@link dev.reserva.cli.api.ReservaApi}; {@link dev.reserva.cli.api.Reply} is
 * what every call answers: the value, or why it was refused. {@code Connection} makes the calls.
 *
 * <p>Nothing here knows the server's classes: the API's contract is its JSON.
 */
@NullMarked
package dev.reserva.cli.api;

import org.jspecify.annotations.NullMarked;
