package dev.reserva.sales.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What sales knows of an order's reservation.
 *
 * @param expiresAt absent if it was renewed for a payment and confirmed at once
 * @param held units by location; none if the default location holds them all
 * @param awaited units that the order waits for
 */
public record Reservation(
    UUID id,
    Status status,
    @Nullable Instant expiresAt,
    List<HeldUnits> held,
    List<AwaitedUnits> awaited) {

  public Reservation {
    held = List.copyOf(held);
    awaited = List.copyOf(awaited);
  }

  /** Waits for nothing. */
  public Reservation(UUID id, Status status, @Nullable Instant expiresAt, List<HeldUnits> held) {
    this(id, status, expiresAt, held, List.of());
  }

  /** A later status outranks an earlier one. A repeated fact never restores an earlier status. */
  public enum Status {
    RESERVED(0),
    RELEASED(1),
    EXPIRED(1),
    /** Possible after a release or expiry, too: the stock was reserved anew for a payment. */
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
