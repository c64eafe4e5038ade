package dev.reserva.sales.application;

import dev.reserva.sales.domain.ProductRef;
import java.util.List;
import java.util.UUID;

/** Why an order cannot be placed. */
public sealed interface Refusal {

  /** Nothing is known of the customer, at least not yet. */
  record UnknownCustomer(UUID customerId) implements Refusal {}

  record InactiveCustomer(UUID customerId) implements Refusal {}

  /** Nothing is known of these products, at least not yet. */
  record UnknownProducts(List<ProductRef> products) implements Refusal {
    public UnknownProducts {
      products = List.copyOf(products);
    }
  }

  record InactiveProducts(List<ProductRef> products) implements Refusal {
    public InactiveProducts {
      products = List.copyOf(products);
    }
  }

  record MixedCurrencies(List<String> currencies) implements Refusal {
    public MixedCurrencies {
      currencies = List.copyOf(currencies);
    }
  }

  record TooMuch(String detail) implements Refusal {}
}
