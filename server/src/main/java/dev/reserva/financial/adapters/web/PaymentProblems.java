package dev.reserva.financial.adapters.web;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.ProcessPayment;
import dev.reserva.financial.application.RefundPayment;
import dev.reserva.financial.domain.Owing;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.Refund;
import dev.reserva.platform.web.Problem;
import java.util.UUID;

/** Refusals as problems. */
final class PaymentProblems {

  private PaymentProblems() {}

  static Problem noSuchPayment(UUID id) {
    return Problem.notFound("payment", id);
  }

  static Problem of(UUID orderId, ProcessPayment.Refusal refusal) {
    return switch (refusal) {
      case ProcessPayment.Refusal.Unknown() ->
          new Problem(
              404,
              "not-found",
              "Not found",
              "there is no order %s that waits for payment".formatted(orderId));
      case ProcessPayment.Refusal.OrderDead() ->
          orderState("the order %s is cancelled and cannot be paid".formatted(orderId));
      case ProcessPayment.Refusal.AlreadyPaid(var payment) ->
          orderState("the order %s is paid by the payment %s".formatted(orderId, payment.id()));
      case ProcessPayment.Refusal.AlreadyFailed(var payment) ->
          paymentState(
              "the payment %s of the order %s has failed, and it was the last try"
                  .formatted(payment.id(), orderId));
      case ProcessPayment.Refusal.BeingAsked(var payment) ->
          paymentState(
              "the provider is being asked for the payment %s of the order %s by %s; it can be replaced once it waits for the buyer"
                  .formatted(payment.id(), orderId, payment.terms().choice().method().wire()));
    };
  }

  static Problem of(UUID paymentId, RefundPayment.Refusal refusal) {
    return switch (refusal) {
      case RefundPayment.Refusal.Unknown() -> noSuchPayment(paymentId);
      case RefundPayment.Refusal.OtherCurrency(var currency) ->
          impossible(
              "amount must be in %s, the currency of the payment %s"
                  .formatted(currency, paymentId));
      case RefundPayment.Refusal.TooMany() ->
          paymentState(
              "the payment %s has %d refunds, and no more are possible"
                  .formatted(paymentId, Refund.MAX_PER_PAYMENT));
      case RefundPayment.Refusal.Impossible(Owing.TooMuch(var left)) ->
          impossible(
              "amount must be at most %s, which is left of the payment %s"
                  .formatted(left, paymentId));
      case RefundPayment.Refusal.Impossible(Owing.NothingLeft()) ->
          paymentState("nothing is left of the payment %s to give back".formatted(paymentId));
      case RefundPayment.Refusal.Impossible(Owing.NotPaid(var status)) ->
          paymentState("the payment %s is %s: no money was taken".formatted(paymentId, status));
    };
  }

  /** For a settlement of a payment with another status. */
  static Problem notToBeSettled(UUID paymentId, PaymentStatus status) {
    return paymentState(
        "the payment %s is %s and does not wait to be settled".formatted(paymentId, status));
  }

  /** For a webhook that names another amount. */
  static Problem ofAnotherAmount(UUID paymentId, Money amount) {
    return paymentState("the payment %s is of %s".formatted(paymentId, amount));
  }

  private static Problem orderState(String detail) {
    return Problem.conflict("order-state", "The order's state does not allow it", detail);
  }

  private static Problem paymentState(String detail) {
    return Problem.conflict("payment-state", "The payment's state does not allow it", detail);
  }

  private static Problem impossible(String detail) {
    return Problem.impossible("refund-impossible", "The refund is not possible", detail);
  }
}
