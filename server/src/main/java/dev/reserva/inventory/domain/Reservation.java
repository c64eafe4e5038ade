package dev.reserva.inventory.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stock held for an order; an order has one at most.
 *
 * @param lines each product once; none in a {@link #tombstone}
 * @param expiresAt from this instant on it can no longer be confirmed without a renewal
 * @param endedAt when it was confirmed, released or expired; absent while it is open
 * @param renewals how often its stock was reserved anew after it had ended, 0..1
 * @param settled whether its order got its last answer: its payment was answered, or the order was
 *     cancelled. A payment heard of later changes nothing
 * @param returnedAt when confirmed goods came back into stock
 */
public record Reservation(
    UUID id,
    UUID orderId,
    ReservationStatus status,
    List<Line> lines,
    Instant expiresAt,
    Instant createdAt,
    @Nullable Instant endedAt,
    int renewals,
    boolean settled,
    @Nullable Instant returnedAt) {

  public Reservation {
    lines = List.copyOf(lines);
    if (lines.isEmpty() && status != ReservationStatus.RELEASED) {
      throw new IllegalArgumentException("a reservation without lines holds nothing: " + id);
    }
    if ((endedAt == null) != (status == ReservationStatus.RESERVED)) {
      throw new IllegalArgumentException("endedAt of %s does not fit %s".formatted(id, status));
    }
  }

  static Reservation open(UUID id, UUID orderId, Basket basket, Instant now, TimeToLive ttl) {
    return new Reservation(
        id,
        orderId,
        ReservationStatus.RESERVED,
        basket.lines(),
        ttl.from(now),
        now,
        null,
        0,
        false,
        null);
  }

  /** Remembers an order that is dead before it was known, so that nothing is ever held for it. */
  static Reservation tombstone(UUID id, UUID orderId, Instant now) {
    return new Reservation(
        id, orderId, ReservationStatus.RELEASED, List.of(), now, now, now, 0, true, null);
  }

  /** Whether it only remembers that its order is dead, and never held anything. */
  public boolean isTombstone() {
    return lines.isEmpty();
  }

  public boolean isOpen() {
    return status == ReservationStatus.RESERVED;
  }

  /** Whether it is still open although its time is over. */
  public boolean isOverdue(Instant now) {
    return isOpen() && !now.isBefore(expiresAt);
  }

  Reservation ended(ReservationStatus how, Instant now) {
    if (!isOpen() || !status.next().contains(how)) {
      throw new IllegalStateException("%s is %s and cannot end as %s".formatted(id, status, how));
    }
    return in(how, now, renewals, settled, returnedAt);
  }

  Reservation renewed(Instant now) {
    if (isOpen() || !status.next().contains(ReservationStatus.CONFIRMED)) {
      throw new IllegalStateException("%s is %s and cannot be renewed".formatted(id, status));
    }
    return in(ReservationStatus.CONFIRMED, now, renewals + 1, settled, returnedAt);
  }

  Reservation settledNow() {
    return in(status, endedAt, renewals, true, returnedAt);
  }

  Reservation returned(Instant now) {
    if (status != ReservationStatus.CONFIRMED || returnedAt != null) {
      throw new IllegalStateException("nothing of %s can come back".formatted(id));
    }
    return in(status, endedAt, renewals, settled, now);
  }

  private Reservation in(
      ReservationStatus newStatus,
      @Nullable Instant newEndedAt,
      int newRenewals,
      boolean newSettled,
      @Nullable Instant newReturnedAt) {
    return new Reservation(
        id,
        orderId,
        newStatus,
        lines,
        expiresAt,
        createdAt,
        newEndedAt,
        newRenewals,
        newSettled,
        newReturnedAt);
  }
}
