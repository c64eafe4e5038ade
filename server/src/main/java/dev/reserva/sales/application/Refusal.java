package dev.reserva.sales.application;

import dev.reserva.contracts.Money;
import dev.reserva.sales.domain.Basket.Pricing;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.ProductRef;
import dev.reserva.sales.domain.UnpaidHolds.Excess;
import java.util.List;
import java.util.UUID;

/** Why a command about an order is refused. Nothing has changed. */
public sealed interface Refusal {

  /** Sales does not know the customer, or not yet. */
  record UnknownCustomer(UUID customerId) implements Refusal {}

  /** The customer may not order any more. */
  record InactiveCustomer(UUID customerId) implements Refusal {}

  /** Sales does not know these products, or not yet. */
  record UnknownProducts(List<ProductRef> products) implements Refusal {
    public UnknownProducts {
      products = List.copyOf(products);
    }
  }

  /** These products can no longer be ordered. */
  record InactiveProducts(List<ProductRef> products) implements Refusal {
    public InactiveProducts {
      products = List.copyOf(products);
    }
  }

  /** The products are priced in several currencies. */
  record MixedCurrencies(List<String> currencies) implements Refusal {
    public MixedCurrencies {
      currencies = List.copyOf(currencies);
    }
  }

  /** A quantity or the total is out of range. */
  record TooMuch(String detail) implements Refusal {}

  /**
   * The customer's own login would hold too much stock without having paid for it.
   *
   * @param verified whether the customer's e-mail address is verified; else tighter limits apply
   */
  record HoldsTooMuch(UUID customerId, Excess excess, boolean verified) implements Refusal {}

  /** The order does not exist, or the caller may not see it. */
  record NoSuchOrder(UUID orderId) implements Refusal {}

  /** The order's state does not allow the command. */
  record WrongState(UUID orderId, OrderStatus status) implements Refusal {}

  /** Some of the order's goods come back already. */
  record HasReturns(UUID orderId) implements Refusal {}

  /**
   * The order has changed since the caller saw it.
   *
   * @param current the current order
   */
  record Stale(OrderState current) implements Refusal {}

  /**
   * The draft's current total is not the one that the caller expects.
   *
   * @param total the total at the catalogue's current prices
   */
  record PriceChanged(UUID orderId, Money expected, Money total) implements Refusal {}

  /** Why a basket cannot be ordered. */
  static Refusal of(Pricing.Impossible pricing) {
    return switch (pricing) {
      case Pricing.Unknown unknown -> new UnknownProducts(List.copyOf(unknown.products()));
      case Pricing.Inactive inactive -> new InactiveProducts(List.copyOf(inactive.products()));
      case Pricing.MixedCurrencies mixed -> new MixedCurrencies(List.copyOf(mixed.currencies()));
      case Pricing.TooMuch tooMuch -> new TooMuch(tooMuch.detail());
    };
  }

  /**
   * Whether the same command may succeed once sales has handled the events that are already
   * published.
   */
  default boolean mayPass() {
    return switch (this) {
      case UnknownCustomer _, UnknownProducts _ -> true;
      case InactiveCustomer _,
          InactiveProducts _,
          MixedCurrencies _,
          TooMuch _,
          HoldsTooMuch _,
          NoSuchOrder _,
          WrongState _,
          HasReturns _,
          Stale _,
          PriceChanged _ ->
          false;
    };
  }
}
