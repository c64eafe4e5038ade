/**
 * The payment service provider. The one that is built in is a simulator: steered by the payment's
 * token, with a ledger of its own in the schema {@code psp_simulator}, by which its answers are the
 * same after a crash and the money can be judged from outside.
 *
 * <p>Start reading at {@link dev.reserva.financial.adapters.psp.SimulatedProvider}.
 *
 * <p>It never touches financial's books; only {@link
 * dev.reserva.financial.adapters.psp.SimulatorLedgerCheck} reads them, to compare.
 */
@NullMarked
package dev.reserva.financial.adapters.psp;

import org.jspecify.annotations.NullMarked;
