package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.Text;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is on record, apart from its lines.
 *
 * @param reason present when it is CANCELLED or FAILED
 * @param updatedAt when anything of this last changed
 * @param version 1 at first, one more with each step and each revision of the draft
 * @param correlationId of the request that placed it
 * @param note what a person said when it was cancelled
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
    Instant createdAt,
    Instant updatedAt,
    int version,
    String correlationId,
    @Nullable String note) {

  public static final int MAX_ADDRESS_LENGTH = 1_000;

  public OrderState {
    boolean dead = status == OrderStatus.CANCELLED || status == OrderStatus.FAILED;
    if (dead != (reason != null)) {
      throw new IllegalArgumentException(
          "an order has a reason if and only if it died, was %s for %s".formatted(status, reason));
    }
    if (shippingAddress != null) {
      shippingAddress = Text.lines("shippingAddress", shippingAddress, 1, MAX_ADDRESS_LENGTH);
    }
  }

  /** A draft with other products, payment and address; the same order otherwise. */
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
        createdAt,
        updatedAt,
        version,
        correlationId,
        note);
  }

  /** After a step. Whatever it is, a payment that waits can no longer be paid. */
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
        createdAt,
        now,
        version + 1,
        correlationId,
        said);
  }

  OrderState with(Reservation known, Instant now) {
    return new OrderState(
        id,
        number,
        customerId,
        status,
        reason,
        total,
        paymentChoice,
        shippingAddress,
        known,
        payment,
        createdAt,
        now,
        version,
        correlationId,
        note);
  }

  OrderState with(Payment known, Instant now) {
    return new OrderState(
        id,
        number,
        customerId,
        status,
        reason,
        total,
        paymentChoice,
        shippingAddress,
        reservation,
        known,
        createdAt,
        now,
        version,
        correlationId,
        note);
  }
}
