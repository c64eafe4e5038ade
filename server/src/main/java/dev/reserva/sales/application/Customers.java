package dev.reserva.sales.application;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The customers that sales knows from events. What changes several customers locks them in the
 * order of their ids.
 */
public interface Customers {

  /**
   * Whether these customers may order; unknown ones are left out. It is read with the next
   * statement, or when the result is used.
   */
  Supplier<Map<UUID, Boolean>> active(Collection<UUID> ids, UnitOfWork tx);

  /** Whether this customer may order; an unknown one may not. */
  default boolean mayOrder(UUID id, UnitOfWork tx) {
    return active(List.of(id), tx).get().getOrDefault(id, false);
  }

  /**
   * Locks customers until the transaction ends, in the order of their ids, with the next statement
   * or when the result is used.
   *
   * @return whether the e-mail address of each is verified; unknown customers are left out
   */
  Supplier<Map<UUID, Boolean>> lock(Collection<UUID> ids, UnitOfWork tx);

  /** Adds customers; a known one is not changed, so that an old event activates nobody. */
  void add(Collection<UUID> ids, UnitOfWork tx);

  /** Records that the e-mail addresses of customers are verified; unknown ones are added. */
  void verify(Collection<UUID> ids, UnitOfWork tx);

  /** Deactivates customers, known or not. */
  void deactivate(Collection<UUID> ids, UnitOfWork tx);

  /** Lets customers order again, known or not. */
  void reactivate(Collection<UUID> ids, UnitOfWork tx);

  /** The seals of these customers' addresses. A customer whose data is erased has none. */
  Map<UUID, AddressSeal> seals(Collection<UUID> ids, UnitOfWork tx);

  /** Opens this customer's addresses. */
  AddressOpener opener(UUID id, UnitOfWork tx);

  /** Remembers that these customers' data shall be erased; once for each customer. */
  void requestErasure(Collection<Erasure> erasures, UnitOfWork tx);

  /**
   * Of the customers whose data shall be erased, some without an open order. Each is returned once.
   */
  List<Erasure> takeErasable(int limit, UnitOfWork tx);

  /**
   * Overwrites the addresses and notes of these customers' orders, and destroys the keys of their
   * addresses.
   */
  void erase(Collection<UUID> ids, UnitOfWork tx);

  /** Seals addresses of one customer, so that they are erased with the customer's key. */
  @FunctionalInterface
  interface AddressSeal {
    String seal(String address);
  }

  /** Opens addresses of one customer; null for one whose key is destroyed. */
  @FunctionalInterface
  interface AddressOpener {
    @Nullable String open(String sealed);
  }

  /**
   * @param cause the request
   */
  record Erasure(UUID customerId, Cause cause) {}
}
