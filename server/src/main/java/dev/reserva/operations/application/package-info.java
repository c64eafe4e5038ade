/**
 * What operations does: count, check, report, and publish by hand.
 *
 * <p>Start reading at {@link dev.reserva.operations.application.CheckIntegrity} and {@link
 * dev.reserva.operations.application.ReadHealth}. No SQL, no HTTP and no JSON here.
 */
@NullMarked
package dev.reserva.operations.application;

import org.jspecify.annotations.NullMarked;
