/**
 * Invalid requests. Start reading at {@link dev.reserva.torture.fuzz.InvalidRequests}. A random
 * generator makes them, so that a seed makes the same requests again.
 */
@NullMarked
package dev.reserva.torture.fuzz;

import org.jspecify.annotations.NullMarked;
