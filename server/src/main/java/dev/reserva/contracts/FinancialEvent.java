package dev.reserva.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Facts of the financial service; keyed by order. */
public sealed interface FinancialEvent {

  UUID orderId();

  /**
   * {@code financial.payment.requested}: a payment is on record, and the provider will be asked.
   */
  record PaymentRequested(UUID paymentId, UUID orderId, Money amount, String method)
      implements FinancialEvent {}

  /**
   * {@code financial.payment.processing}: the first attempt is on record, and the provider is being
   * asked. Later attempts are not published.
   *
   * @param attempt 1; older logs have later attempts too
   */
  record PaymentProcessing(UUID paymentId, UUID orderId, int attempt) implements FinancialEvent {}

  /**
   * {@code financial.payment.pending}: the provider waits for the buyer to pay.
   *
   * @param code what the buyer pays with, for pix and boleto
   * @param dueAt until when the code can be paid
   * @param replaces the payment of the order whose place this one takes
   */
  record PaymentPending(
      UUID paymentId,
      UUID orderId,
      Money amount,
      String method,
      @Nullable String code,
      @Nullable Instant dueAt,
      @Nullable UUID replaces)
      implements FinancialEvent {}

  /** {@code financial.payment.approved} */
  record PaymentApproved(
      UUID paymentId, UUID orderId, Money amount, String method, String transactionId)
      implements FinancialEvent {}

  /**
   * {@code financial.payment.failed}
   *
   * @param failure the provider's reason, such as {@code declined}
   * @param triesLeft how often the buyer may try to pay the order again while its stock is held;
   *     absent after the last try, which ends the order
   * @param replaces the payment of the order whose place this one took
   */
  record PaymentFailed(
      UUID paymentId,
      UUID orderId,
      Money amount,
      String failure,
      @Nullable Integer triesLeft,
      @Nullable UUID replaces)
      implements FinancialEvent {}

  /**
   * {@code financial.payment.cancelled}: no money was taken, and none is wanted.
   *
   * @param reason {@code order_cancelled}, {@code replaced}, {@code order_paid} or the provider's
   */
  record PaymentCancelled(UUID paymentId, UUID orderId, Money amount, String reason)
      implements FinancialEvent {}

  /**
   * {@code financial.payment.refunded}: the provider gave money back.
   *
   * @param amount of this refund
   * @param refunded of all refunds of the payment
   * @param whole whether all that was paid has been given back
   */
  record PaymentRefunded(
      UUID paymentId,
      UUID orderId,
      UUID refundId,
      Money amount,
      Money refunded,
      boolean whole,
      @Nullable String reason)
      implements FinancialEvent {}

  /**
   * {@code financial.return.refunded}: what is given back for a return has been given back.
   *
   * @param paymentId the payment of the order
   * @param amount less than the return's refund if no more was left of the payment
   */
  record ReturnRefunded(UUID returnId, UUID orderId, UUID paymentId, Money amount)
      implements FinancialEvent {}

  /** {@code financial.receivable.opened}: the order is to be paid. */
  record ReceivableOpened(UUID orderId, UUID customerId, Money amount) implements FinancialEvent {}

  /** {@code financial.receivable.settled}: the payment has paid the order. */
  record ReceivableSettled(UUID orderId, UUID paymentId, Money amount) implements FinancialEvent {}

  /** {@code financial.receivable.cancelled}: the order died before it was paid. */
  record ReceivableCancelled(UUID orderId, Money amount) implements FinancialEvent {}
}
