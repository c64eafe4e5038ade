package dev.reserva.sales.adapters.web;

import dev.reserva.contracts.Money;
import dev.reserva.platform.web.IfMatch;
import dev.reserva.platform.web.Problem;
import dev.reserva.sales.application.Refusal;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.OrderTransitions;
import dev.reserva.sales.domain.ProductRef;
import dev.reserva.sales.domain.UnpaidHolds;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Maps each refusal to the problem that answers it. */
final class OrderProblems {

  /** More are not named: an order may have 2,000 lines. */
  private static final int MAX_NAMED = 100;

  private OrderProblems() {}

  /** Further members of the problems about products. */
  record Products(List<String> products) {}

  /** Further members of the problem {@code mixed-currencies}. */
  record Currencies(List<String> currencies) {}

  /** Further members of the problem {@code order-state}. */
  record WrongState(
      @Schema(implementation = OrderStatus.class) String orderStatus,
      @Schema(implementation = OrderStatus.class) List<String> next) {}

  /** Further members of the problem {@code too-many-open-orders}. */
  record OpenOrders(int open, int limit) {}

  /** Further members of the problem {@code too-many-units}. */
  record HeldUnits(UUID productId, long held, int limit) {}

  /** Further members of the problem {@code too-many-given-up-orders}. */
  record GivenUp(int limit) {}

  /** Further members of the problem {@code price-changed}. */
  record NewTotal(Money total) {}

  static Problem of(Refusal refusal) {
    Problem problem = problem(refusal);
    return refusal.mayPass() ? problem.passing() : problem;
  }

  private static Problem problem(Refusal refusal) {
    return switch (refusal) {
      case Refusal.UnknownCustomer unknown ->
          Problem.impossible(
              "unknown-customer",
              "Unknown customer",
              "there is no customer %s".formatted(unknown.customerId()));
      case Refusal.InactiveCustomer inactive ->
          Problem.impossible(
              "inactive-customer",
              "The customer may not order",
              "customer %s is deactivated and may not order any more"
                  .formatted(inactive.customerId()));
      case Refusal.UnknownProducts unknown ->
          products(
              "unknown-product",
              "Unknown product",
              "these products are not known",
              unknown.products());
      case Refusal.InactiveProducts inactive ->
          products(
              "inactive-product",
              "A product can no longer be ordered",
              "these products can no longer be ordered",
              inactive.products());
      case Refusal.MixedCurrencies mixed ->
          Problem.impossible(
                  "mixed-currencies",
                  "An order has one currency",
                  "the products must be priced in one currency, were priced in "
                      + String.join(", ", mixed.currencies()))
              .with("currencies", mixed.currencies());
      case Refusal.TooMuch tooMuch ->
          Problem.impossible("order-too-large", "The order is too large", tooMuch.detail());
      case Refusal.HoldsTooMuch holds -> holdsTooMuch(holds);
      case Refusal.NoSuchOrder unknown -> noSuchOrder(unknown.orderId());
      case Refusal.WrongState wrong -> wrongState(wrong.orderId(), wrong.status());
      case Refusal.HasReturns has ->
          Problem.conflict(
              "order-has-returns",
              "Goods of the order come back already",
              "order %s has returns, so what is left comes back by a further return"
                  .formatted(has.orderId()));
      case Refusal.Stale stale -> IfMatch.stale(OrderView.etag(stale.current()));
      case Refusal.PriceChanged changed ->
          Problem.conflict(
                  "price-changed",
                  "The total has changed",
                  "expectedTotal must be what order %s costs now, %s, was %s"
                      .formatted(changed.orderId(), changed.total(), changed.expected()))
              .with("total", changed.total());
    };
  }

  private static Problem holdsTooMuch(Refusal.HoldsTooMuch refusal) {
    String more =
        refusal.verified() ? "" : "; a customer whose e-mail address is verified may have more";
    return switch (refusal.excess()) {
      case UnpaidHolds.TooManyOrders orders ->
          Problem.impossible(
                  "too-many-open-orders",
                  "Too many orders are not paid",
                  "customer %s must have at most %d orders that are not paid, has %d%s"
                      .formatted(refusal.customerId(), orders.limit(), orders.open(), more))
              .with("open", orders.open())
              .with("limit", orders.limit());
      case UnpaidHolds.TooManyUnits units ->
          Problem.impossible(
                  "too-many-units",
                  "Too many units of a product without payment",
                  "customer %s must hold at most %d units of %s without payment, holds %d and asked for %d%s"
                      .formatted(
                          refusal.customerId(),
                          units.limit(),
                          units.line().sku(),
                          units.held(),
                          units.line().quantity().value(),
                          more))
              .with("productId", units.line().productId())
              .with("held", units.held())
              .with("limit", units.limit());
      case UnpaidHolds.TooManyGivenUp givenUp ->
          new Problem(
                  429,
                  "too-many-given-up-orders",
                  "Too many orders were given up",
                  "customer %s must give up fewer than %d orders within an hour; the next one is possible after Retry-After%s"
                      .formatted(refusal.customerId(), givenUp.limit(), more))
              .with("limit", givenUp.limit())
              .withHeader(
                  "Retry-After", Long.toString(givenUp.retryAfter().plusMillis(999).toSeconds()));
    };
  }

  static Problem noSuchOrder(UUID id) {
    return Problem.notFound("order", id);
  }

  private static Problem wrongState(UUID id, OrderStatus status) {
    Set<OrderStatus> next = OrderTransitions.next(status);
    String possible =
        next.isEmpty()
            ? "which is final"
            : "which can only become "
                + next.stream().map(OrderStatus::name).collect(Collectors.joining(", "));
    return Problem.conflict(
            "order-state",
            "The order's state does not allow this",
            "order %s is %s, %s".formatted(id, status, possible))
        .with("orderStatus", status.name())
        .with("next", next.stream().map(OrderStatus::name).toList());
  }

  private static Problem products(
      String type, String title, String what, List<ProductRef> products) {
    List<String> named = products.stream().limit(MAX_NAMED).map(ProductRef::toString).toList();
    return Problem.impossible(
            type,
            title,
            "%s: %s%s"
                .formatted(
                    what,
                    String.join(", ", named.subList(0, Math.min(named.size(), 5))),
                    products.size() > 5 ? " and %d more".formatted(products.size() - 5) : ""))
        .with("products", named);
  }
}
