/**
 * Requests that nobody in his right mind would send. Start reading at {@link
 * dev.reserva.torture.fuzz.Nonsense}. Each is made from a random generator, so that a seed makes
 * the same ones again.
 */
@NullMarked
package dev.reserva.torture.fuzz;

import org.jspecify.annotations.NullMarked;
