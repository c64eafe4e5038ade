package dev.reserva.sales.adapters.web;

import dev.reserva.contracts.Money;
import dev.reserva.platform.web.Problem;
import dev.reserva.sales.domain.OrderReturns;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.Return;
import dev.reserva.sales.domain.ReturnAnswer;
import dev.reserva.sales.domain.ReturnStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Refusals of commands about returns as problems, and the members that these have. */
final class ReturnProblems {

  /** More are not named: a request may name 2,000 products. */
  private static final int MAX_NAMED = 100;

  private ReturnProblems() {}

  /** Further members of the problem {@code return-state}. */
  record WrongState(
      @Schema(implementation = ReturnStatus.class) String returnStatus,
      @Schema(implementation = ReturnStatus.class) List<String> next) {}

  /** Further members of the problem {@code not-delivered}. */
  record NotDelivered(@Schema(implementation = OrderStatus.class) String orderStatus) {}

  /** Further members of the problem {@code not-in-order}. */
  record NotInOrder(List<UUID> products) {}

  /** Further members of the problem {@code more-than-returnable}. */
  record TooMany(UUID productId, long requested, long returnable) {}

  /** Further members of the problem {@code refund-too-high}. */
  record RefundTooHigh(Money price) {}

  /** Further members of the problem {@code unknown-location}. */
  record UnknownLocation(String location) {}

  static Problem unknownLocation(String location) {
    return Problem.impossible(
            "unknown-location",
            "Unknown location",
            "/location: there is no location \"%s\"".formatted(location))
        .with("location", location);
  }

  static Problem noSuchReturn(UUID id) {
    return Problem.notFound("return", id);
  }

  static Problem of(OrderReturns.Answer.NotDelivered refused) {
    return Problem.conflict(
            "not-delivered",
            "The order is not delivered",
            "order %s must be DELIVERED or COMPLETED, or some of its goods must have arrived, is %s"
                .formatted(refused.order().id(), refused.order().status()))
        .with("orderStatus", refused.order().status().name())
        .passing();
  }

  static Problem of(UUID orderId, OrderReturns.Answer.NotInOrder refused) {
    List<UUID> named = refused.products().stream().limit(MAX_NAMED).toList();
    return Problem.impossible(
            "not-in-order",
            "A product is not in the order",
            "/items must name products of order %s, named also %s"
                .formatted(
                    orderId,
                    named.stream().limit(5).map(UUID::toString).collect(Collectors.joining(", "))))
        .with("products", named);
  }

  static Problem of(UUID orderId, OrderReturns.Answer.TooMany refused) {
    return Problem.conflict(
            "more-than-returnable",
            "More than can come back",
            "/items must name at most %d units of product %s, which order %s has and no return of it names; named %d"
                .formatted(refused.returnable(), refused.productId(), orderId, refused.requested()))
        .with("productId", refused.productId())
        .with("requested", refused.requested())
        .with("returnable", refused.returnable());
  }

  static Problem nothingLeft(UUID orderId) {
    return Problem.conflict(
        "nothing-returnable",
        "Nothing is left to come back",
        "the returns of order %s name all of its goods".formatted(orderId));
  }

  static Problem tooManyReturns(UUID orderId) {
    return Problem.conflict(
        "too-many-returns",
        "Too many returns",
        "order %s must have at most %d returns".formatted(orderId, OrderReturns.MOST));
  }

  static Problem of(ReturnAnswer.Refusal refusal) {
    return switch (refusal) {
      case ReturnAnswer.WrongState wrong -> wrongState(wrong.current());
      case ReturnAnswer.RefundImpossible impossible ->
          Problem.impossible(
                  "refund-too-high",
                  "More than the goods have cost",
                  "/refund must be at most %s, was %s"
                      .formatted(impossible.current().price(), impossible.refund()))
              .with("price", impossible.current().price());
      case ReturnAnswer.ReasonMissing missing ->
          Problem.invalid(
              "/reason",
              "must say why less than %s is given back".formatted(missing.current().price()));
    };
  }

  private static Problem wrongState(Return goods) {
    List<String> next = goods.status().next().stream().map(ReturnStatus::name).toList();
    return Problem.conflict(
            "return-state",
            "The return's state does not allow this",
            "return %s is %s, %s"
                .formatted(
                    goods.id(),
                    goods.status(),
                    next.isEmpty()
                        ? "which is final"
                        : "which can only become " + String.join(", ", next)))
        .with("returnStatus", goods.status().name())
        .with("next", next);
  }
}
