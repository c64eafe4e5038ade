package dev.reserva.sales.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What sales knows of an order's reservation.
 *
 * @param expiresAt absent when it was renewed for a payment and confirmed at once
 */
public record Reservation(UUID id, Status status, @Nullable Instant expiresAt) {

  /** A later status outranks an earlier one, so that a repeated fact never goes back to it. */
  public enum Status {
    RESERVED(0),
    RELEASED(1),
    EXPIRED(1),
    /** Also after a release or expiry: the stock was reserved anew for a payment. */
    CONFIRMED(2);

    private final int rank;

    Status(int rank) {
      this.rank = rank;
    }

    boolean outranks(Status other) {
      return rank > other.rank;
    }
  }
}
