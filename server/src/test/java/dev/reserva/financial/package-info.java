/**
 * Tests of financial: its rules in memory, its repositories and processes on the real database.
 *
 * <p>Start reading at {@link dev.reserva.financial.TakeMoneyIT}. {@link
 * dev.reserva.financial.FinancialHouse} is the service without the loops that drive it.
 */
@NullMarked
package dev.reserva.financial;

import org.jspecify.annotations.NullMarked;
