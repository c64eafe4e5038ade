/**
 * The faults, one class each. Start reading at {@link dev.reserva.torture.scenarios.Scenarios},
 * which lists them, and at {@link dev.reserva.torture.scenarios.KillServer}, the plainest of them.
 */
@NullMarked
package dev.reserva.torture.scenarios;

import org.jspecify.annotations.NullMarked;
