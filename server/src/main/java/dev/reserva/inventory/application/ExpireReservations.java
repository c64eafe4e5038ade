package dev.reserva.inventory.application;

import dev.reserva.inventory.application.Bookkeeping.OpenBook;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ResolveOutcome;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;

/**
 * Expires overdue reservations and gives their stock back, a bounded number per transaction.
 *
 * <p>Several processes may do so at the same time: each takes rows that no other has locked. A
 * reservation that is being confirmed is skipped; the confirming transaction judges whether it was
 * in time.
 */
public final class ExpireReservations {

  private final Reservations reservations;
  private final Bookkeeping bookkeeping;
  private final Ids ids;
  private final int batch;

  /**
   * @param batch maximum number of reservations per transaction, 1 or more
   */
  public ExpireReservations(Reservations reservations, Stocks stocks, Ids ids, int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be 1 or more, was " + batch);
    }
    this.reservations = reservations;
    this.bookkeeping = new Bookkeeping(reservations, stocks, ids);
    this.ids = ids;
    this.batch = batch;
  }

  /**
   * @return whether there may be more
   */
  public boolean expire(UnitOfWork tx) {
    List<Reservation> overdue = reservations.lockOverdue(batch, tx);
    if (overdue.isEmpty()) {
      return false;
    }
    OpenBook open = bookkeeping.forReservations(overdue, tx);
    for (Reservation reservation : overdue) {
      if (open.book().expire(reservation.orderId(), open.now())
          instanceof ResolveOutcome.Ended ended) {
        // No message caused this, so each expiry begins a correlation of its own.
        Cause cause = Cause.of(ids.next().toString());
        StockFacts.released(ended.reservation(), "expired", cause, tx);
        StockFacts.waitedInVain(ended.reservation(), open.book(), cause, tx);
      }
    }
    return overdue.size() == batch;
  }
}
