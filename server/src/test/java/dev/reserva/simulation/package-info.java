/**
 * A simulation of sales, inventory, financial and logistics with faults of every kind. It runs on
 * one thread with a seed and a virtual clock: the real use cases, subscriptions and workers on
 * in-memory adapters.
 *
 * <p>Start reading at {@link dev.reserva.simulation.Schedule}, which chooses the next step. {@link
 * dev.reserva.simulation.SimulatedProcess} wires a process. {@link
 * dev.reserva.simulation.Invariants} are checked after every step, {@link
 * dev.reserva.simulation.FinalChecks} at the end. {@code docs/simulation.md} says how to run it.
 */
@NullMarked
package dev.reserva.simulation;

import org.jspecify.annotations.NullMarked;
