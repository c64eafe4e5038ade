package dev.reserva.financial.application;

import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.messaging.UnitOfWork;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The payments on record. An order has one that is not replaced, and before it those that were.
 * Several payments are locked in order of their id.
 */
public interface Payments {

  /** The payments of these orders, locked until the transaction ends; by order, oldest first. */
  Map<UUID, List<Payment>> lockByOrders(Collection<UUID> orderIds, UnitOfWork tx);

  /** These payments, locked until the transaction ends; by id. */
  Map<UUID, Payment> lock(Collection<UUID> ids, UnitOfWork tx);

  /**
   * Open payments that are due, the longest due first, locked until the transaction ends. Those
   * that another transaction has locked are skipped.
   *
   * @param limit for those that are due, and for those whose due time is further away than any
   *     right clock sets it
   */
  List<Payment> lockDue(Due due, int limit, UnitOfWork tx);

  /** Puts new payments on record. */
  void insert(Collection<Payment> payments, UnitOfWork tx);

  /** Writes the state of payments that this transaction has locked. */
  void save(Collection<Payment> payments, UnitOfWork tx);

  /** These payments, not locked; by id. */
  Map<UUID, Payment> find(Collection<UUID> ids, UnitOfWork tx);

  /** The payment of an order that is not replaced; not locked. */
  Optional<Payment> findByOrder(UUID orderId, UnitOfWork tx);

  /**
   * Payments, newest first.
   *
   * @param before continue below this id; absent for the first
   */
  List<Payment> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx);

  /** Which payments a list has; a component that is absent lets all pass. */
  record Filter(@Nullable UUID orderId, @Nullable PaymentStatus status, @Nullable UUID customerId) {
    public static final Filter ANY = new Filter(null, null, null);
  }

  /** Of an order's payments the one that is not replaced. */
  static Payment present(List<Payment> ofOrder) {
    return ofOrder.stream()
        .filter(payment -> !payment.state().isReplaced())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("every payment of an order is replaced"));
  }
}
