/**
 * The command line: {@code up}, {@code gateway}, {@code demo}, {@code replay}, {@code verify},
 * {@code lint-topology}, {@code admin}. It decides which server a command talks to, starts one in
 * this process if none is named, and maps outcomes to exit codes.
 *
 * <p>Start reading at {@link dev.reserva.cli.Main}. The package {@code story} has the demo, {@code
 * replay} reads a shop's history, and both use the HTTP client in {@code api}.
 *
 * <p>No command uses a class of a service: a command sees what any HTTP client sees.
 */
@NullMarked
package dev.reserva.cli;

import org.jspecify.annotations.NullMarked;
