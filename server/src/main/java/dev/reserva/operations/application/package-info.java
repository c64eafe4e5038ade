/**
 * The use cases of operations: counts, checks, reports, and publishing by hand.
 *
 * <p>Start reading at {@link dev.reserva.operations.application.CheckIntegrity} and {@link
 * dev.reserva.operations.application.ReadHealth}. This package contains no SQL, HTTP or JSON.
 */
@NullMarked
package dev.reserva.operations.application;

import org.jspecify.annotations.NullMarked;
