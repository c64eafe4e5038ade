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

  /** The reservation that a fact tells of first. */
  static Reservation of(Fact.StockReserved reserved) {
    return new Reservation(
        reserved.reservationId(),
        Status.RESERVED,
        reserved.expiresAt(),
        reserved.held(),
        reserved.awaited());
  }

  /** With its beginning, which may be told after its end. */
  Reservation with(Fact.StockReserved begun) {
    return id.equals(begun.reservationId()) && expiresAt == null
        ? new Reservation(
            id,
            status,
            begun.expiresAt(),
            begun.held(),
            status == Status.RESERVED ? begun.awaited() : List.of())
        : this;
  }

  /** With stock that it waited for. */
  Reservation with(Fact.StockAllocated allocated) {
    return id.equals(allocated.reservationId()) && status == Status.RESERVED && !awaited.isEmpty()
        ? new Reservation(id, status, expiresAt, allocated.held(), allocated.awaited())
        : this;
  }

  /** With a later end. */
  Reservation with(Fact.StockExtended extended) {
    return id.equals(extended.reservationId())
            && status == Status.RESERVED
            && expiresAt != null
            && expiresAt.isBefore(extended.expiresAt())
        ? new Reservation(id, status, extended.expiresAt(), held, awaited)
        : this;
  }

  /**
   * In a later status; as it is if the status is none. A reservation of another id takes its place.
   *
   * @param nowHeld units by location; none if they are where they were
   */
  Reservation in(Status later, UUID reservationId, List<HeldUnits> nowHeld) {
    if (!later.outranks(status)) {
      return this;
    }
    return id.equals(reservationId)
        ? new Reservation(id, later, expiresAt, nowHeld.isEmpty() ? held : nowHeld)
        : new Reservation(reservationId, later, null, nowHeld);
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
