/**
 * The scenarios. Start reading at {@link dev.reserva.torture.scenarios.Scenarios}, which lists
 * them, and at {@link dev.reserva.torture.scenarios.ProcessFaults}, which has the simplest ones.
 */
@NullMarked
package dev.reserva.torture.scenarios;

import org.jspecify.annotations.NullMarked;
