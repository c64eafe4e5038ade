package dev.reserva.logistics.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Goods of one order that leave one location together.
 *
 * @param id the order's id in the first shipment of an order
 * @param part number of the shipment among those of its order, from 1
 * @param lines each product once; none in a {@link #tombstone}
 * @param dispatchedAt when the carrier got the goods
 * @param endedAt when it was cancelled or returned
 * @param version 1 at first; each change adds 1
 */
public record Shipment(
    UUID id,
    UUID orderId,
    UUID customerId,
    Location location,
    int part,
    ShipmentStatus status,
    List<Line> lines,
    Carriage carriage,
    Instant createdAt,
    @Nullable Instant dispatchedAt,
    @Nullable Instant deliveredAt,
    @Nullable Instant endedAt,
    int version) {

  /** Most lines of a shipment, as many as an order may have. */
  public static final int MAX_LINES = 2_000;

  public Shipment {
    lines = List.copyOf(lines);
    if (lines.isEmpty() && status != ShipmentStatus.CANCELLED) {
      throw new IllegalArgumentException("a shipment without lines ships nothing: " + id);
    }
    if (lines.size() > MAX_LINES) {
      throw new IllegalArgumentException(
          "a shipment must have at most %d lines, had %d".formatted(MAX_LINES, lines.size()));
    }
    Line.requireEachProductOnce(lines);
    if ((part == 1) != id.equals(orderId)) {
      throw new IllegalArgumentException(
          "the first shipment has the order's id: shipment %s of order %s is part %d"
              .formatted(id, orderId, part));
    }
    boolean ended = status == ShipmentStatus.CANCELLED || status == ShipmentStatus.RETURNED;
    if (ended != (endedAt != null) || status.hasLeft() != (dispatchedAt != null)) {
      throw new IllegalArgumentException("the times of %s do not fit %s".formatted(id, status));
    }
  }

  static Shipment preparing(
      UUID id,
      UUID orderId,
      UUID customerId,
      Location location,
      int part,
      List<Line> lines,
      Instant now) {
    return new Shipment(
        id,
        orderId,
        customerId,
        location,
        part,
        ShipmentStatus.PREPARING,
        lines,
        Carriage.UNTOLD,
        now,
        null,
        null,
        null,
        1);
  }

  /**
   * Records that an order was cancelled before its confirmation was handled, so that nothing is
   * ever shipped for it.
   */
  static Shipment tombstone(UUID orderId, UUID customerId, Instant now) {
    return new Shipment(
        orderId,
        orderId,
        customerId,
        Location.MAIN,
        1,
        ShipmentStatus.CANCELLED,
        List.of(),
        Carriage.UNTOLD,
        now,
        null,
        null,
        now,
        1);
  }

  /** Whether it never had goods and only records that its order is cancelled. */
  public boolean isTombstone() {
    return lines.isEmpty();
  }

  /** All units in it. */
  public int units() {
    return lines.stream().mapToInt(Line::quantity).sum();
  }

  Shipment dispatched(List<Line> leaving, Carriage by, Instant now) {
    return moved(ShipmentStatus.DISPATCHED, leaving, by, now, null, null);
  }

  Shipment delivered(Instant now) {
    return moved(ShipmentStatus.DELIVERED, lines, carriage, dispatchedAt, now, null);
  }

  Shipment cancelled(Instant now) {
    return moved(ShipmentStatus.CANCELLED, lines, carriage, null, null, now);
  }

  Shipment returned(Instant now) {
    return moved(ShipmentStatus.RETURNED, lines, carriage, dispatchedAt, deliveredAt, now);
  }

  private Shipment moved(
      ShipmentStatus to,
      List<Line> newLines,
      Carriage newCarriage,
      @Nullable Instant newDispatchedAt,
      @Nullable Instant newDeliveredAt,
      @Nullable Instant newEndedAt) {
    if (!status.next().contains(to)) {
      throw new IllegalStateException("%s is %s and cannot become %s".formatted(id, status, to));
    }
    return new Shipment(
        id,
        orderId,
        customerId,
        location,
        part,
        to,
        newLines,
        newCarriage,
        createdAt,
        newDispatchedAt,
        newDeliveredAt,
        newEndedAt,
        version + 1);
  }
}
