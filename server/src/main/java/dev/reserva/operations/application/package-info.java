/**
 * The use cases of operations: counts, checks, reports, timelines of orders, and publishing by
 * hand.
 *
 * <p>Start reading at {@link dev.reserva.operations.application.CheckIntegrity}, {@link
 * dev.reserva.operations.application.ReadHealth} and {@link
 * dev.reserva.operations.application.ReadTimeline}. This package contains no SQL, HTTP or JSON.
 */
@NullMarked
package dev.reserva.operations.application;

import org.jspecify.annotations.NullMarked;
