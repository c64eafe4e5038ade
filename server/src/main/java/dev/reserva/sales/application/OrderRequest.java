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
 */
public record OrderRequest(
    UUID customerId,
    Basket basket,
    @Nullable PaymentChoice payment,
    @Nullable String shippingAddress,
    boolean draft,
    @Nullable UUID requestKey,
    Cause cause) {}
