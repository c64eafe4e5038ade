/**
 * The command line: {@code up}, {@code demo}, {@code replay}, {@code verify}. It decides which
 * server a command talks to, starts one in this process where none is named, and turns outcomes
 * into exit codes.
 *
 * <p>Start reading at {@link dev.reserva.cli.Main}; the demo is told in {@code story}, the shop's
 * history is read in {@code replay}, and all of them speak to a server through {@code api}.
 *
 * <p>Nothing here reaches into a service: a command sees what any HTTP client sees.
 */
@NullMarked
package dev.reserva.cli;

import org.jspecify.annotations.NullMarked;
