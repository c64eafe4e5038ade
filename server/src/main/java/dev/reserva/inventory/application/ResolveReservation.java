package dev.reserva.inventory.application;

import dev.reserva.inventory.application.Bookkeeping.OpenBook;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ResolveOutcome;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Confirms or releases one reservation by hand. Of several concurrent commands the first wins; the
 * others learn how the reservation ended.
 */
public final class ResolveReservation {

  private final Reservations reservations;
  private final Bookkeeping bookkeeping;

  public ResolveReservation(Reservations reservations, Stocks stocks, Ids ids) {
    this.reservations = reservations;
    this.bookkeeping = new Bookkeeping(reservations, stocks, ids);
  }

  /**
   * @return the outcome; empty if there is no such reservation
   */
  public Optional<ResolveOutcome> confirm(UUID id, Cause cause, UnitOfWork tx) {
    return resolve(id, tx, (open, orderId) -> open.book().confirm(orderId, open.now()))
        .map(outcome -> {
          if (outcome instanceof ResolveOutcome.Ended ended) {
            StockFacts.confirmed(ended.reservation(), List.of(), cause, tx);
          }
          return outcome;
        });
  }

  /**
   * @return the outcome; empty if there is no such reservation
   */
  public Optional<ResolveOutcome> release(UUID id, Cause cause, UnitOfWork tx) {
    return resolve(
        id,
        tx,
        (open, orderId) -> {
          ResolveOutcome outcome = open.book().release(orderId, open.now());
          if (outcome instanceof ResolveOutcome.Ended ended) {
            StockFacts.released(ended.reservation(), "manual", cause, tx);
            StockFacts.waitedInVain(ended.reservation(), open.book(), cause, tx);
          }
          return outcome;
        });
  }

  private Optional<ResolveOutcome> resolve(UUID id, UnitOfWork tx, Decision decision) {
    Optional<Reservation> locked = reservations.lock(id, tx);
    return locked.map(reservation -> {
      OpenBook open = bookkeeping.forReservations(List.of(reservation), tx);
      ResolveOutcome outcome = decision.on(open, reservation.orderId());
      return outcome;
    });
  }

  @FunctionalInterface
  private interface Decision {
    ResolveOutcome on(OpenBook open, UUID orderId);
  }
}
