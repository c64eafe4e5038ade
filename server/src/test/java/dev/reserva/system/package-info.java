/**
 * The whole system, as its users see it: the packaged jar in a process of its own, spoken to by
 * HTTP only, and killed where a test says so.
 *
 * <p>{@link dev.reserva.system.ReservaProcess} is the process, {@link dev.reserva.system.Shop} the
 * program of a user. What is true is judged from outside: by answers, and by {@code GET
 * /api/integrity} only in addition.
 */
@NullMarked
package dev.reserva.system;

import org.jspecify.annotations.NullMarked;
