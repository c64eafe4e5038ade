package dev.reserva.inventory.application;

import dev.reserva.inventory.domain.ExtendOutcome;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.util.Optional;
import java.util.UUID;

/**
 * Lets a reservation hold its stock longer, once. Of several concurrent commands the first wins,
 * and an expiry, a payment or a cancellation that comes first ends the reservation as usual.
 */
public final class ExtendReservation {

  private final Reservations reservations;

  public ExtendReservation(Reservations reservations) {
    this.reservations = reservations;
  }

  /**
   * @param ttl how long it holds its stock from now on
   * @return the outcome; empty if there is no such reservation
   */
  public Optional<ExtendOutcome> extend(UUID id, TimeToLive ttl, Cause cause, UnitOfWork tx) {
    return reservations
        .lock(id, tx)
        .map(locked -> {
          ExtendOutcome outcome = locked.extend(ttl, tx.now());
          if (outcome instanceof ExtendOutcome.Extended(var extended)) {
            reservations.extend(extended, tx);
            StockFacts.extended(extended, cause, tx);
          }
          return outcome;
        });
  }
}
