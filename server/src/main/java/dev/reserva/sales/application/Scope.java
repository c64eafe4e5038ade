package dev.reserva.sales.application;

import dev.reserva.sales.domain.OrderState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The orders that a caller may see.
 *
 * @param customerId the only customer whose orders are visible; absent for all customers
 */
public record Scope(@Nullable UUID customerId) {

  public static final Scope EVERYBODY = new Scope(null);

  public static Scope of(UUID customerId) {
    return new Scope(customerId);
  }

  public boolean covers(OrderState order) {
    return customerId == null || customerId.equals(order.customerId());
  }
}
