package dev.reserva.inventory.domain;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stock held for an order. An order has at most one.
 *
 * @param lines each product once per location; none in a {@link #tombstone}
 * @param allocation why these locations hold it
 * @param expiresAt from this instant on it can only be confirmed by a renewal
 * @param endedAt when it was confirmed, released or expired; absent while it is open
 * @param renewals how often its stock was reserved again after its end, 0..1
 * @param settled whether its order's payment was answered or its order was cancelled. A later
 *     payment event changes nothing
 * @param returnedAt when confirmed goods were returned to stock
 * @param extended whether it was made to end later
 */
public record Reservation(
    UUID id,
    UUID orderId,
    ReservationStatus status,
    List<Held> lines,
    AllocationReason allocation,
    Instant expiresAt,
    Instant createdAt,
    @Nullable Instant endedAt,
    int renewals,
    boolean settled,
    @Nullable Instant returnedAt,
    boolean extended) {

  public Reservation {
    lines = List.copyOf(lines);
    if (lines.isEmpty() && status != ReservationStatus.RELEASED) {
      throw new IllegalArgumentException("a reservation without lines holds nothing: " + id);
    }
    if ((endedAt == null) != (status == ReservationStatus.RESERVED)) {
      throw new IllegalArgumentException("endedAt of %s does not fit %s".formatted(id, status));
    }
  }

  static Reservation open(
      UUID id, UUID orderId, Allocation allocation, Instant now, TimeToLive ttl) {
    return new Reservation(
        id,
        orderId,
        ReservationStatus.RESERVED,
        allocation.held(),
        allocation.reason(),
        ttl.from(now),
        now,
        null,
        0,
        false,
        null,
        false);
  }

  /**
   * Records that an order was cancelled before its creation was handled, so that nothing is ever
   * held for it.
   */
  static Reservation tombstone(UUID id, UUID orderId, Instant now) {
    return new Reservation(
        id,
        orderId,
        ReservationStatus.RELEASED,
        List.of(),
        AllocationReason.ONLY_LOCATION,
        now,
        now,
        now,
        0,
        true,
        null,
        false);
  }

  /** Whether it never held stock and only records that its order is cancelled. */
  public boolean isTombstone() {
    return lines.isEmpty();
  }

  public boolean isOpen() {
    return status == ReservationStatus.RESERVED;
  }

  /** Whether its order got the goods and has not been cancelled since. */
  boolean hasItsGoods() {
    return status == ReservationStatus.CONFIRMED && returnedAt == null;
  }

  int quantityOf(UUID productId) {
    return lines.stream()
        .filter(line -> line.productId().equals(productId))
        .mapToInt(Held::quantity)
        .sum();
  }

  /** Its products, each once. */
  public Set<UUID> products() {
    Set<UUID> products = new LinkedHashSet<>();
    lines.forEach(line -> products.add(line.productId()));
    return products;
  }

  /** Whether it is open and past its expiry. */
  public boolean isOverdue(Instant now) {
    return isOpen() && !now.isBefore(expiresAt);
  }

  /** Lets it end later, once. */
  public ExtendOutcome extend(TimeToLive ttl, Instant now) {
    if (!isOpen() || isOverdue(now)) {
      return new ExtendOutcome.HasEnded(this, isOpen() ? ReservationStatus.EXPIRED : status);
    }
    if (extended) {
      return new ExtendOutcome.ExtendedBefore(this);
    }
    Instant until = ttl.from(now);
    return until.isAfter(expiresAt)
        ? new ExtendOutcome.Extended(
            new Reservation(
                id,
                orderId,
                status,
                lines,
                allocation,
                until,
                createdAt,
                endedAt,
                renewals,
                settled,
                returnedAt,
                true))
        : new ExtendOutcome.NotLonger(this);
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
        allocation,
        expiresAt,
        createdAt,
        newEndedAt,
        newRenewals,
        newSettled,
        newReturnedAt,
        extended);
  }
}
