/**
 * Sales, inventory and financial with everything that can go wrong between them, on one thread, by
 * a seed and a virtual clock: the real use cases, subscriptions and workers on in-memory adapters.
 *
 * <p>Start reading at {@link dev.reserva.simulation.Schedule}: what may happen next. {@link
 * dev.reserva.simulation.SimulatedProcess} wires what runs, {@link
 * dev.reserva.simulation.Invariants} holds after every step, {@link
 * dev.reserva.simulation.FinalJudgement} when all has come to rest. {@code docs/simulation.md} says
 * how to run it.
 */
@NullMarked
package dev.reserva.simulation;

import org.jspecify.annotations.NullMarked;
