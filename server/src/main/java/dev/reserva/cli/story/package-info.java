/**
 * The demo: the life of an order when all goes well, and when it does not. It decides how each step
 * must end, and reports a step that ends differently.
 *
 * <p>Start reading at {@link dev.reserva.cli.story.Story}; {@code Scene} prints, waits and checks.
 *
 * <p>It does not know where the server runs.
 */
@NullMarked
package dev.reserva.cli.story;

import org.jspecify.annotations.NullMarked;
