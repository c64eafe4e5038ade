package dev.reserva.inventory.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stock held for an order. An order has at most one.
 *
 * @param lines what is held, each product once per location; none in a {@link #tombstone}
 * @param awaited what the order waits for, each product once and none of the lines' products. It
 *     becomes lines when its stock has arrived
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
    List<Awaited> awaited,
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
    awaited = List.copyOf(awaited);
    if (lines.isEmpty() && awaited.isEmpty() && status != ReservationStatus.RELEASED) {
      throw new IllegalArgumentException("a reservation without lines holds nothing: " + id);
    }
    if (!awaited.isEmpty() && status == ReservationStatus.CONFIRMED) {
      throw new IllegalArgumentException("%s is confirmed and cannot wait for stock".formatted(id));
    }
    if ((endedAt == null) != (status == ReservationStatus.RESERVED)) {
      throw new IllegalArgumentException("endedAt of %s does not fit %s".formatted(id, status));
    }
  }

  static Reservation open(
      UUID id,
      UUID orderId,
      Allocation allocation,
      List<Awaited> awaited,
      Instant now,
      TimeToLive ttl) {
    return new Reservation(
        id,
        orderId,
        ReservationStatus.RESERVED,
        allocation.held(),
        awaited,
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
    return lines.isEmpty() && awaited.isEmpty();
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

  /** Its products, held and awaited, each once. */
  public Set<UUID> products() {
    Set<UUID> products = new LinkedHashSet<>();
    lines.forEach(line -> products.add(line.productId()));
    awaited.forEach(units -> products.add(units.productId()));
    return products;
  }

  /** Whether its order is open and not all of its stock has arrived. */
  public boolean isWaiting() {
    return isOpen() && !awaited.isEmpty();
  }

  /** What the order waits for of a product; 0 if it does not. */
  int awaitedOf(UUID productId) {
    return awaited.stream()
        .filter(units -> units.productId().equals(productId))
        .mapToInt(Awaited::quantity)
        .sum();
  }

  /** Its order is paid and waits for stock until then. */
  Reservation waitingUntil(Instant until) {
    if (!isWaiting()) {
      throw new IllegalStateException("%s waits for nothing".formatted(id));
    }
    return new Reservation(
        id,
        orderId,
        status,
        lines,
        awaited,
        allocation,
        until,
        createdAt,
        endedAt,
        renewals,
        true,
        returnedAt,
        extended);
  }

  /** The stock of a product that it waited for is held. */
  Reservation with(UUID productId, Allocation allocated) {
    if (!isOpen() || awaitedOf(productId) == 0) {
      throw new IllegalStateException("%s does not wait for product %s".formatted(id, productId));
    }
    List<Held> held = new ArrayList<>(lines);
    held.addAll(allocated.held());
    return new Reservation(
        id,
        orderId,
        status,
        held,
        awaited.stream().filter(units -> !units.productId().equals(productId)).toList(),
        lines.isEmpty() ? allocated.reason() : allocation,
        expiresAt,
        createdAt,
        endedAt,
        renewals,
        settled,
        returnedAt,
        extended);
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
                awaited,
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
        awaited,
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
