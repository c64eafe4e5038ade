package dev.reserva.sales.application;

import dev.reserva.messaging.Cause;
import dev.reserva.sales.domain.Basket;
import dev.reserva.sales.domain.PaymentChoice;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A buyer's request for an order.
 *
 * @param draft whether the order is kept as a draft, to be submitted later
 * @param requestKey see {@link Orders.New#requestKey}
 * @param byCustomer whether the customer's own login asks, and not staff or a machine client
 */
public record OrderRequest(
    UUID customerId,
    Basket basket,
    @Nullable PaymentChoice payment,
    @Nullable String shippingAddress,
    boolean draft,
    @Nullable UUID requestKey,
    boolean byCustomer,
    Cause cause) {

  /** Whether the order counts among what the customer holds. A draft holds nothing. */
  boolean isLimited() {
    return byCustomer && !draft;
  }
}
