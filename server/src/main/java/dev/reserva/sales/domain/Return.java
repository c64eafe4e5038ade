package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.Text;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Goods of a delivered order that come back. Their order stays as it is.
 *
 * <ul>
 *   <li>It holds its units from the request on: no other return of the order can name them, unless
 *       this one is rejected.
 *   <li>Inventory and financial act once, on its receipt. So nothing has to be undone.
 * </ul>
 *
 * @param lines at least one, each product once, at the price of the order
 * @param refund what is to be given back: the price of the lines, or less
 * @param refunded what was given back; present if it is REFUNDED
 * @param reason why the goods come back
 * @param note why less than the price is given back, or why it was rejected
 * @param decidedAt when it was approved or rejected for the first time
 * @param version 1 at first; each step adds 1
 */
public record Return(
    UUID id,
    UUID orderId,
    UUID customerId,
    ReturnStatus status,
    List<OrderLine> lines,
    Money refund,
    @Nullable Money refunded,
    Destination destination,
    String reason,
    @Nullable String note,
    Instant requestedAt,
    @Nullable Instant decidedAt,
    @Nullable Instant receivedAt,
    @Nullable Instant refundedAt,
    int version) {

  public static final int MAX_TEXT_LENGTH = 500;

  /** The reason of a request that gives none. */
  public static final String WITHOUT_REASON = "no reason given";

  public Return {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("lines must be at least 1, was 0");
    }
    if ((refunded != null) != (status == ReturnStatus.REFUNDED)) {
      throw new IllegalArgumentException(
          "refunded must be present if and only if %s is REFUNDED, was %s for %s"
              .formatted(id, refunded, status));
    }
  }

  /**
   * A text as a person gives it.
   *
   * @throws IllegalArgumentException if it is empty or longer than {@value #MAX_TEXT_LENGTH}
   *     characters
   */
  public static String text(String field, String text) {
    return Text.lines(field, text, 1, MAX_TEXT_LENGTH);
  }

  static Return requested(
      UUID id,
      OrderState order,
      List<OrderLine> lines,
      Destination destination,
      String reason,
      Instant now) {
    return new Return(
        id,
        order.id(),
        order.customerId(),
        ReturnStatus.REQUESTED,
        lines,
        price(lines),
        null,
        destination,
        reason,
        null,
        now,
        null,
        null,
        null,
        1);
  }

  /** What the buyer has paid for lines. */
  private static Money price(List<OrderLine> lines) {
    return lines.stream().map(OrderLine::total).reduce(Money::plus).orElseThrow();
  }

  /** What the buyer has paid for the goods. */
  public Money price() {
    return price(lines);
  }

  /** Whether no other return can name its units. */
  boolean holdsItsUnits() {
    return status != ReturnStatus.REJECTED;
  }

  /** The goods may be sent back. */
  public ReturnAnswer approve(Instant now) {
    return allows(ReturnStatus.APPROVED)
        ? done(in(ReturnStatus.APPROVED, refund, null, destination, note, now, null, null))
        : new ReturnAnswer.WrongState(this);
  }

  /** The goods do not come back, or did not come back. */
  public ReturnAnswer reject(@Nullable String why, Instant now) {
    return allows(ReturnStatus.REJECTED)
        ? done(
            in(
                ReturnStatus.REJECTED,
                refund,
                null,
                destination,
                why,
                decidedAt == null ? now : decidedAt,
                null,
                null))
        : new ReturnAnswer.WrongState(this);
  }

  /** The goods are back. */
  public ReturnAnswer receive(Receipt receipt, Instant now) {
    if (!allows(ReturnStatus.RECEIVED)) {
      return new ReturnAnswer.WrongState(this);
    }
    Money price = price();
    Money given = receipt.refund() == null ? price : receipt.refund();
    if (!given.currency().equals(price.currency()) || given.compareTo(price) > 0) {
      return new ReturnAnswer.RefundImpossible(this, given);
    }
    if (given.compareTo(price) < 0 && receipt.note() == null) {
      return new ReturnAnswer.ReasonMissing(this);
    }
    return done(
        in(
            ReturnStatus.RECEIVED,
            given,
            null,
            new Destination(
                receipt.restock() == null ? destination.restock() : receipt.restock(),
                receipt.location() == null ? destination.location() : receipt.location()),
            receipt.note(),
            decidedAt,
            now,
            null));
  }

  /**
   * What was owed has been given back.
   *
   * @return the answer; {@link ReturnAnswer.WrongState} for a repeated fact
   */
  public ReturnAnswer refunded(Money given, Instant now) {
    return allows(ReturnStatus.REFUNDED)
        ? done(
            in(ReturnStatus.REFUNDED, refund, given, destination, note, decidedAt, receivedAt, now))
        : new ReturnAnswer.WrongState(this);
  }

  private boolean allows(ReturnStatus next) {
    return status.next().contains(next);
  }

  private ReturnAnswer done(Return now) {
    return new ReturnAnswer.Done(this, now);
  }

  private Return in(
      ReturnStatus newStatus,
      Money newRefund,
      @Nullable Money newRefunded,
      Destination newDestination,
      @Nullable String newNote,
      @Nullable Instant newDecidedAt,
      @Nullable Instant newReceivedAt,
      @Nullable Instant newRefundedAt) {
    return new Return(
        id,
        orderId,
        customerId,
        newStatus,
        lines,
        newRefund,
        newRefunded,
        newDestination,
        reason,
        newNote,
        requestedAt,
        newDecidedAt,
        newReceivedAt,
        newRefundedAt,
        version + 1);
  }
}
