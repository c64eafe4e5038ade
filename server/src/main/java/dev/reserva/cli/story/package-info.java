/**
 * The demo: what an order's life looks like when all goes well, and when it does not. It decides
 * what each step must come to, and says so when it does not.
 *
 * <p>Start reading at {@link dev.reserva.cli.story.Story}; {@code Scene} is the stage: it prints,
 * waits and checks.
 *
 * <p>Nothing here knows where the server runs.
 */
@NullMarked
package dev.reserva.cli.story;

import org.jspecify.annotations.NullMarked;
