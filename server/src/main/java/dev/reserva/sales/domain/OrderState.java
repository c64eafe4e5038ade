package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.Text;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The recorded state of an order, without its lines.
 *
 * @param reason present if the order is CANCELLED or FAILED
 * @param updatedAt time of the last change
 * @param shippingAddress sealed with a key of the customer; as it was given in an order of a
 *     version that did not seal
 * @param version 1 at first; each step and each revision of the draft adds 1
 * @param correlationId of the request that placed it
 * @param note free text of the person who cancelled it
 */
public record OrderState(
    UUID id,
    OrderNumber number,
    UUID customerId,
    OrderStatus status,
    @Nullable CancellationReason reason,
    Money total,
    @Nullable PaymentChoice paymentChoice,
    @Nullable String shippingAddress,
    @Nullable Reservation reservation,
    @Nullable Payment payment,
    @Nullable Shipment shipment,
    Instant createdAt,
    Instant updatedAt,
    int version,
    String correlationId,
    @Nullable String note) {

  /** Of an address as it is given. */
  public static final int MAX_ADDRESS_LENGTH = 1_000;

  /** A thousand characters of 4 bytes each, sealed and encoded. */
  static final int MAX_SEALED_ADDRESS_LENGTH = 6_000;

  public OrderState {
    boolean dead = status == OrderStatus.CANCELLED || status == OrderStatus.FAILED;
    if (dead != (reason != null)) {
      throw new IllegalArgumentException(
          "an order has a reason if and only if it is CANCELLED or FAILED, was %s for %s"
              .formatted(status, reason));
    }
    if (shippingAddress != null) {
      shippingAddress =
          Text.lines("shippingAddress", shippingAddress, 1, MAX_SEALED_ADDRESS_LENGTH);
    }
  }

  /** Until when a paid order waits for stock; absent if it does not wait, or is not paid. */
  public @Nullable Instant waitsUntil() {
    return reservation == null || reservation.awaited().isEmpty() || status != OrderStatus.PAID
        ? null
        : reservation.expiresAt();
  }

  /** Whether it is past its deadline. */
  public boolean isLate(Deadlines deadlines, Instant now) {
    return deadlines.isLate(status, deadlineFrom(), now);
  }

  /**
   * When it becomes late. The deadline of a paid order that waits for stock begins when its wait
   * ends.
   *
   * @return empty if it may stay in its state for ever, or is a draft
   */
  public Optional<Instant> lateAt(Deadlines deadlines) {
    return deadlines.lateAt(status, deadlineFrom());
  }

  private Instant deadlineFrom() {
    Instant waitsUntil = waitsUntil();
    return waitsUntil != null && waitsUntil.isAfter(updatedAt) ? waitsUntil : updatedAt;
  }

  /** The same draft with another total, payment and address. */
  OrderState revised(
      Money newTotal,
      @Nullable PaymentChoice newPaymentChoice,
      @Nullable String newShippingAddress,
      Instant now) {
    return new OrderState(
        id,
        number,
        customerId,
        status,
        reason,
        newTotal,
        newPaymentChoice,
        newShippingAddress,
        reservation,
        payment,
        shipment,
        createdAt,
        now,
        version + 1,
        correlationId,
        note);
  }

  OrderState priced(Money newTotal) {
    return new OrderState(
        id,
        number,
        customerId,
        status,
        reason,
        newTotal,
        paymentChoice,
        shippingAddress,
        reservation,
        payment,
        shipment,
        createdAt,
        updatedAt,
        version,
        correlationId,
        note);
  }

  /** The order after a step. A payment that still waits can no longer be paid after any step. */
  OrderState moved(
      OrderStatus to, @Nullable CancellationReason why, @Nullable String said, Instant now) {
    return new OrderState(
        id,
        number,
        customerId,
        to,
        why,
        total,
        paymentChoice,
        shippingAddress,
        reservation,
        payment == null ? null : payment.withoutInstructions(),
        shipment,
        createdAt,
        now,
        version + 1,
        correlationId,
        said);
  }

  OrderState with(Reservation known, Instant now) {
    return linked(known, payment, shipment, now);
  }

  OrderState with(Payment known, Instant now) {
    return linked(reservation, known, shipment, now);
  }

  OrderState with(Shipment known, Instant now) {
    return linked(reservation, payment, known, now);
  }

  private OrderState linked(
      @Nullable Reservation held, @Nullable Payment paid, @Nullable Shipment shipped, Instant now) {
    return new OrderState(
        id,
        number,
        customerId,
        status,
        reason,
        total,
        paymentChoice,
        shippingAddress,
        held,
        paid,
        shipped,
        createdAt,
        now,
        version,
        correlationId,
        note);
  }
}
