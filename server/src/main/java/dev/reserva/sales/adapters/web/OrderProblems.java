package dev.reserva.sales.adapters.web;

import dev.reserva.platform.web.Problem;
import dev.reserva.sales.application.MoveOutcome;
import dev.reserva.sales.application.Refusal;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.OrderTransitions;
import dev.reserva.sales.domain.ProductRef;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What is refused about orders, and how that is said. */
final class OrderProblems {

  static final String UNKNOWN_CUSTOMER = "unknown-customer";
  static final String UNKNOWN_PRODUCT = "unknown-product";

  /** More are not named: an order may have 2,000 lines. */
  private static final int MAX_NAMED = 100;

  private OrderProblems() {}

  /** What the problems about products tell besides. */
  record Products(List<String> products) {}

  /** What the problem {@code mixed-currencies} tells besides. */
  record Currencies(List<String> currencies) {}

  /** What the problem {@code order-state} tells besides. */
  record WrongState(
      @Schema(implementation = OrderStatus.class) String orderStatus,
      @Schema(implementation = OrderStatus.class) List<String> next) {}

  static Problem of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.UnknownCustomer unknown ->
          Problem.impossible(
              UNKNOWN_CUSTOMER,
              "The customer is not known",
              "there is no customer %s".formatted(unknown.customerId()));
      case Refusal.InactiveCustomer inactive -> inactiveCustomer(inactive.customerId());
      case Refusal.UnknownProducts unknown ->
          products(UNKNOWN_PRODUCT, "A product is not known", "not known", unknown.products());
      case Refusal.InactiveProducts inactive ->
          products(
              "inactive-product",
              "A product can no longer be ordered",
              "no longer to be ordered",
              inactive.products());
      case Refusal.MixedCurrencies mixed ->
          Problem.impossible(
                  "mixed-currencies",
                  "An order has one currency",
                  "the products are priced in " + String.join(", ", mixed.currencies()))
              .with("currencies", mixed.currencies());
      case Refusal.TooMuch tooMuch ->
          Problem.impossible("order-too-large", "The order is too large", tooMuch.detail());
    };
  }

  static Problem of(MoveOutcome.NoSuchOrder unknown) {
    return noSuchOrder(unknown.orderId());
  }

  static Problem of(MoveOutcome.WrongState wrong) {
    return wrongState(wrong.orderId(), wrong.status());
  }

  static Problem of(MoveOutcome.InactiveCustomer buyer) {
    return inactiveCustomer(buyer.customerId());
  }

  static Problem noSuchOrder(UUID id) {
    return Problem.notFound("order", id);
  }

  static Problem wrongState(UUID id, OrderStatus status) {
    Set<OrderStatus> next = OrderTransitions.next(status);
    String possible =
        next.isEmpty()
            ? "which is final"
            : "from where it can only become "
                + next.stream().map(OrderStatus::name).collect(Collectors.joining(", "))
                + ", each for its own reason";
    return Problem.conflict(
            "order-state",
            "The order's state does not allow this",
            "order %s is %s, %s".formatted(id, status, possible))
        .with("orderStatus", status.name())
        .with("next", next.stream().map(OrderStatus::name).toList());
  }

  private static Problem inactiveCustomer(UUID id) {
    return Problem.impossible(
        "inactive-customer",
        "The customer may not order",
        "customer %s may not order any more".formatted(id));
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
