package dev.reserva.inventory.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Units of a product on their way from one location to another. They are stock of neither while
 * they are in transit.
 *
 * @param quantity 1 or more
 * @param to another location than {@code from}
 * @param reason the text of the person who sent it
 * @param endedAt when it was received or cancelled; absent while it is in transit
 */
public record Transfer(
    UUID id,
    UUID productId,
    int quantity,
    LocationCode from,
    LocationCode to,
    TransferStatus status,
    @Nullable String reason,
    Instant createdAt,
    @Nullable Instant endedAt) {

  public Transfer {
    if (quantity < 1) {
      throw new IllegalArgumentException("quantity must be 1 or more, was " + quantity);
    }
    if (from.equals(to)) {
      throw new IllegalArgumentException("to must be another location than " + from);
    }
    if ((endedAt == null) != (status == TransferStatus.IN_TRANSIT)) {
      throw new IllegalArgumentException("endedAt of %s does not fit %s".formatted(id, status));
    }
  }

  public static Transfer sent(
      UUID id,
      UUID productId,
      Quantity quantity,
      LocationCode from,
      LocationCode to,
      @Nullable Reason reason,
      Instant now) {
    return new Transfer(
        id,
        productId,
        quantity.value(),
        from,
        to,
        TransferStatus.IN_TRANSIT,
        reason == null ? null : reason.value(),
        now,
        null);
  }

  public boolean isInTransit() {
    return status == TransferStatus.IN_TRANSIT;
  }

  /**
   * @param how RECEIVED or CANCELLED
   * @throws IllegalStateException if it has ended
   */
  public Transfer ended(TransferStatus how, Instant now) {
    if (!isInTransit() || how == TransferStatus.IN_TRANSIT) {
      throw new IllegalStateException("%s is %s and cannot become %s".formatted(id, status, how));
    }
    return new Transfer(id, productId, quantity, from, to, how, reason, createdAt, now);
  }

  /**
   * The location whose stock it has become.
   *
   * @throws IllegalStateException while it is in transit
   */
  LocationCode whereItEnded() {
    return switch (status) {
      case RECEIVED -> to;
      case CANCELLED -> from;
      case IN_TRANSIT -> throw new IllegalStateException("%s is in transit".formatted(id));
    };
  }
}
