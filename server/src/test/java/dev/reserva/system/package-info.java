/**
 * Tests of the whole system from outside: the packaged jar runs in a process of its own, is used
 * over HTTP only, and is killed by some tests.
 *
 * <p>{@link dev.reserva.system.ReservaProcess} is the process, {@link dev.reserva.system.Shop} the
 * program of a user. The tests check the answers. {@code GET /api/integrity} is an additional
 * check.
 */
@NullMarked
package dev.reserva.system;

import org.jspecify.annotations.NullMarked;
