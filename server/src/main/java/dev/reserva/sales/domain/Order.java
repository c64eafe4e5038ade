package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order, and its rules for facts of other services and commands of people.
 *
 * <p>Facts that arrive late or twice are normal. A fact that is no edge of {@link OrderTransitions}
 * from the order's state leaves the state unchanged. It still updates the order's reservation and
 * payment, so that a buyer sees a refund.
 *
 * <p>Belongs to one thread and one transaction.
 */
public final class Order {

  private OrderState state;
  private boolean changed;

  private Order(OrderState state) {
    this.state = state;
  }

  /** An order as it is on record. */
  public static Order of(OrderState state) {
    return new Order(state);
  }

  /** A new order: a draft, or submitted at once. */
  public static Order place(
      UUID id,
      OrderNumber number,
      UUID customerId,
      Money total,
      @Nullable PaymentChoice payment,
      @Nullable String shippingAddress,
      boolean draft,
      String correlationId,
      Instant now) {
    return new Order(
        new OrderState(
            id,
            number,
            customerId,
            draft ? OrderStatus.DRAFT : OrderStatus.PENDING,
            null,
            total,
            payment,
            shippingAddress,
            null,
            null,
            null,
            now,
            now,
            1,
            correlationId,
            null));
  }

  public OrderState state() {
    return state;
  }

  public UUID id() {
    return state.id();
  }

  public OrderStatus status() {
    return state.status();
  }

  /** Whether there is anything to save. */
  public boolean changed() {
    return changed;
  }

  /** The result of a person's command. */
  public sealed interface Answer {
    record Done(Step step) implements Answer {}

    /** The order's state does not allow it; nothing changed. */
    record Refused(OrderStatus status) implements Answer {}
  }

  /**
   * Replaces a draft's total, payment and address.
   *
   * @return whether the order is a draft; nothing changes otherwise
   */
  public boolean revise(
      Money total, @Nullable PaymentChoice payment, @Nullable String shippingAddress, Instant now) {
    if (status() != OrderStatus.DRAFT) {
      return false;
    }
    change(state.revised(total, payment, shippingAddress, now));
    return true;
  }

  /**
   * Turns a draft into an order.
   *
   * @param total the total at the catalogue's current prices
   */
  public Answer submit(Money total, Instant now) {
    Answer answer = carryOut(Trigger.SUBMITTED, now);
    if (answer instanceof Answer.Done) {
      change(state.priced(total));
    }
    return answer;
  }

  public Answer ship(Instant now) {
    return carryOut(Trigger.SHIPPED, now);
  }

  public Answer deliver(Instant now) {
    return carryOut(Trigger.DELIVERED, now);
  }

  public Answer complete(Instant now) {
    return carryOut(Trigger.COMPLETED, now);
  }

  /**
   * Cancels the order at a person's request. After it is shipped, the reason must be {@link
   * CancellationReason#RETURNED}.
   *
   * @param note free text of the person who cancels
   */
  public Answer cancel(CancellationReason why, @Nullable String note, Instant now) {
    return carryOut(
        why == CancellationReason.RETURNED ? Trigger.RETURNED : Trigger.CANCELLED, why, note, now);
  }

  /** Fails the order if it is past its deadline; otherwise does nothing. */
  public Optional<Step> failIfLate(Deadlines deadlines, Instant now) {
    return state.isLate(deadlines, now)
        ? take(Trigger.DEADLINE_PASSED, CancellationReason.DEADLINE_EXCEEDED, now)
        : Optional.empty();
  }

  /**
   * Why a fact contradicts the order, if it does: a payment that the order waits for must be of
   * exactly its total.
   */
  public Optional<String> contradiction(Fact fact) {
    return fact instanceof Fact.PaymentApproved approved
            && status().isUnderWay()
            && !approved.amount().equals(state.total())
        ? Optional.of(
            "payment %s is of %s, the total of order %s is %s"
                .formatted(approved.paymentId(), approved.amount(), id(), state.total()))
        : Optional.empty();
  }

  /**
   * Applies a fact.
   *
   * @return the steps that follow, in order: usually one; none for a late or repeated fact; more
   *     than one if an earlier fact has waited for this one
   */
  public List<Step> apply(Fact fact, Instant now) {
    var steps = new ArrayList<Step>(1);
    switch (fact) {
      case Fact.StockReserved reserved -> {
        know(reserved, now);
        if (isHeld()) {
          take(Trigger.STOCK_RESERVED, null, now).ifPresent(steps::add);
        }
      }
      case Fact.StockExtended extended -> {
        Reservation known = state.reservation();
        know(known == null ? null : known.with(extended), now);
      }
      case Fact.StockAllocated allocated -> {
        Reservation known = state.reservation();
        know(known == null ? null : known.with(allocated), now);
      }
      case Fact.StockInsufficient insufficient ->
          take(
                  Trigger.STOCK_INSUFFICIENT,
                  insufficient.unknownProduct()
                      ? CancellationReason.UNKNOWN_PRODUCT
                      : CancellationReason.OUT_OF_STOCK,
                  now)
              .ifPresent(steps::add);
      case Fact.StockConfirmed confirmed ->
          know(confirmed.reservationId(), Reservation.Status.CONFIRMED, confirmed.held(), now);
      case Fact.StockReleased released -> {
        know(
            released.reservationId(),
            released.why() == Fact.Release.EXPIRED
                ? Reservation.Status.EXPIRED
                : Reservation.Status.RELEASED,
            List.of(),
            now);
        reasonOf(released.why())
            .flatMap(why -> take(Trigger.RESERVATION_ENDED, why, now))
            .ifPresent(steps::add);
      }
      case Fact.StockConfirmationFailed ignored ->
          take(Trigger.CONFIRMATION_FAILED, CancellationReason.RESERVATION_EXPIRED, now)
              .ifPresent(steps::add);
      case Fact.PaymentPending pending -> know(pending, now);
      case Fact.PaymentApproved approved ->
          know(approved.paymentId(), Payment.Status.SUCCEEDED, now);
      case Fact.PaymentFailed failed -> {
        know(failed.paymentId(), Payment.Status.FAILED, now);
        take(Trigger.PAYMENT_FAILED, CancellationReason.PAYMENT_FAILED, now).ifPresent(steps::add);
      }
      case Fact.PaymentDeclined declined -> {
        if (takesPlace(declined.replaces())) {
          change(state.with(new Payment(declined.paymentId(), Payment.Status.FAILED), now));
        } else if (isOf(declined.paymentId())) {
          know(declined.paymentId(), Payment.Status.FAILED, now);
        }
      }
      case Fact.PaymentCancelled cancelled -> {
        if (isOf(cancelled.paymentId())) {
          know(cancelled.paymentId(), Payment.Status.CANCELLED, now);
        }
      }
      case Fact.PaymentRefunded refunded -> {
        // What a replaced payment took too late, and gave back, does not concern the order's
        // payment.
        if (isOf(refunded.paymentId()) && !isCancelled()) {
          know(
              refunded.paymentId(),
              refunded.whole() ? Payment.Status.REFUNDED : Payment.Status.PARTIALLY_REFUNDED,
              now);
        }
      }
      case Fact.ShipmentMoved moved -> follow(moved, steps, now);
    }
    goOn(steps, now);
    return steps;
  }

  /**
   * The order follows its shipments. It is complete once they have delivered it. An order that an
   * operator has set to DELIVERED waits for the operator.
   */
  private void follow(Fact.ShipmentMoved moved, List<Step> steps, Instant now) {
    Shipment known = state.shipment();
    if (known == null || moved.revision() > known.revision()) {
      change(
          state.with(
              new Shipment(moved.shipmentId(), moved.status(), moved.openUnits(), moved.revision()),
              now));
    }
    boolean left =
        moved.status() == Shipment.Status.DISPATCHED || moved.status() == Shipment.Status.DELIVERED;
    if (left && moved.openUnits() == 0) {
      take(Trigger.SHIPPED, null, now).ifPresent(steps::add);
    }
    if (moved.status() == Shipment.Status.DELIVERED && moved.openShipments() == 0) {
      Optional<Step> delivered = take(Trigger.DELIVERED, null, now);
      if (delivered.isPresent()) {
        steps.add(delivered.get());
        take(Trigger.COMPLETED, null, now).ifPresent(steps::add);
      }
    }
  }

  /**
   * Takes the steps that earlier facts allow. A reservation that was confirmed by hand before the
   * payment is not reported again.
   */
  private void goOn(List<Step> steps, Instant now) {
    Payment payment = state.payment();
    if (payment != null && payment.status() == Payment.Status.SUCCEEDED) {
      take(Trigger.PAYMENT_APPROVED, null, now).ifPresent(steps::add);
    }
    Reservation reservation = state.reservation();
    if (reservation != null && reservation.status() == Reservation.Status.CONFIRMED) {
      take(Trigger.STOCK_CONFIRMED, null, now).ifPresent(steps::add);
    }
  }

  private boolean isHeld() {
    Reservation known = state.reservation();
    return known != null
        && known.expiresAt() != null
        && (known.status() == Reservation.Status.RESERVED
            || known.status() == Reservation.Status.CONFIRMED);
  }

  private void know(Fact.StockReserved reserved, Instant now) {
    Reservation known = state.reservation();
    know(known == null ? Reservation.of(reserved) : known.with(reserved), now);
  }

  private void know(
      UUID reservationId, Reservation.Status status, List<HeldUnits> held, Instant now) {
    Reservation known = state.reservation();
    know(
        known == null
            ? new Reservation(reservationId, status, null, held)
            : known.in(status, reservationId, held),
        now);
  }

  private void know(@Nullable Reservation reservation, Instant now) {
    if (reservation != null && !reservation.equals(state.reservation())) {
      change(state.with(reservation, now));
    }
  }

  /** Takes over a pending payment if the order knows none, or if it replaces the known one. */
  private void know(Fact.PaymentPending pending, Instant now) {
    if (state.payment() == null || takesPlace(pending.replaces())) {
      Reservation reservation = state.reservation();
      change(
          state.with(
              new Payment(
                  pending.paymentId(),
                  Payment.Status.PROCESSING,
                  status() == OrderStatus.PENDING_PAYMENT
                      ? pending
                          .instructions()
                          .notAfter(reservation == null ? null : reservation.expiresAt())
                      : null),
              now));
    }
  }

  /**
   * Whether a payment that replaces this one takes the place of the order's payment. A failed one
   * is replaced only while the order can be paid: the last failure ends the order.
   */
  private boolean takesPlace(@Nullable UUID replaced) {
    Payment known = state.payment();
    return known != null
        && known.id().equals(replaced)
        && (status() == OrderStatus.PENDING_PAYMENT
            ? !known.status().wasCaptured()
            : Payment.Status.FAILED.outranks(known.status()));
  }

  /** Whether this is the order's payment, or the order knows of none. */
  private boolean isOf(UUID paymentId) {
    return state.payment() == null || state.payment().id().equals(paymentId);
  }

  private boolean isCancelled() {
    return state.payment() != null && state.payment().status() == Payment.Status.CANCELLED;
  }

  private void know(UUID paymentId, Payment.Status status, Instant now) {
    Payment known = state.payment();
    if (known == null || status.outranks(known.status())) {
      change(state.with(new Payment(paymentId, status), now));
    }
  }

  private static Optional<CancellationReason> reasonOf(Fact.Release why) {
    return switch (why) {
      case EXPIRED -> Optional.of(CancellationReason.RESERVATION_EXPIRED);
      case MANUAL -> Optional.of(CancellationReason.OPERATOR_REQUEST);
      case CANCELLED -> Optional.empty();
    };
  }

  private Answer carryOut(Trigger trigger, Instant now) {
    return carryOut(trigger, null, null, now);
  }

  private Answer carryOut(
      Trigger trigger, @Nullable CancellationReason why, @Nullable String note, Instant now) {
    OrderStatus before = status();
    return take(trigger, why, note, now)
        .<Answer>map(Answer.Done::new)
        .orElseGet(() -> new Answer.Refused(before));
  }

  private Optional<Step> take(Trigger trigger, @Nullable CancellationReason why, Instant now) {
    return take(trigger, why, null, now);
  }

  private Optional<Step> take(
      Trigger trigger, @Nullable CancellationReason why, @Nullable String note, Instant now) {
    OrderStatus from = status();
    return OrderTransitions.target(from, trigger)
        .map(to -> {
          change(state.moved(to, why, note, now));
          return new Step(from, to, why);
        });
  }

  private void change(OrderState next) {
    state = next;
    changed = true;
  }
}
