package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import org.jspecify.annotations.Nullable;

/**
 * What the warehouse decides when goods are back. What is absent stays as it was requested.
 *
 * @param refund less than the price of the goods needs a note
 * @param note why less than the price is given back
 */
public record Receipt(
    @Nullable Money refund,
    @Nullable String note,
    @Nullable Boolean restock,
    @Nullable String location) {

  /** Everything as requested. */
  public static final Receipt AS_REQUESTED = new Receipt(null, null, null, null);
}
