/**
 * The payment service providers. The built-in one is a simulator. The payment's token steers it,
 * and its ledger in the schema {@code psp_simulator} makes its answers the same after a crash and
 * lets the money be judged from outside. The real one is Stripe.
 *
 * <p>Start reading at {@link dev.reserva.financial.adapters.psp.SimulatedProvider} or {@link
 * dev.reserva.financial.adapters.psp.StripeProvider}.
 *
 * <p>The simulator never touches financial's books. Only {@link
 * dev.reserva.financial.adapters.psp.SimulatorLedgerCheck} reads them, to compare.
 */
@NullMarked
package dev.reserva.financial.adapters.psp;

import org.jspecify.annotations.NullMarked;
