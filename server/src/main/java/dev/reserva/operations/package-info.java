/**
 * Operations: health, statistics, the event log, dead letters, integrity checks, the timelines of
 * orders and the audit trail.
 *
 * <p>It decides what counts as healthy and which rules must hold between services ({@link
 * dev.reserva.operations.domain.OrderBook}). Everything else comes from the backbone. Start reading
 * at {@link dev.reserva.operations.application.CheckIntegrity}; the audit trail is kept by {@link
 * dev.reserva.operations.application.KeepAuditRecords}, a timeline is put in order by {@link
 * dev.reserva.operations.domain.CausalOrder}.
 *
 * <p>What concerns one database is wired in every process ({@link
 * dev.reserva.operations.DatabaseOperationsConfiguration}), what there is once in a system where
 * operations runs ({@link dev.reserva.operations.OperationsConfiguration}). There it asks the
 * processes of other services, so that its answers cover the system.
 *
 * <p>It never reads another service's tables: it counts orders from events, and each service
 * reports its own claims about orders.
 */
@NullMarked
package dev.reserva.operations;

import org.jspecify.annotations.NullMarked;
