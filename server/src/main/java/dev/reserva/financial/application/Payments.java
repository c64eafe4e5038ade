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
 * The payments on record, at most one per order. Whoever locks several locks in order of their id.
 */
public interface Payments {

  /** The payments of these orders, locked until the transaction ends; by order. */
  Map<UUID, Payment> lockByOrders(Collection<UUID> orderIds, UnitOfWork tx);

  /** These payments, locked until the transaction ends; by id. */
  Map<UUID, Payment> lock(Collection<UUID> ids, UnitOfWork tx);

  /**
   * Open payments that are due, the longest due first, locked until the transaction ends. Those
   * that somebody else has locked are passed over.
   *
   * @param limit for those that are due, and for those that were put off for too long
   */
  List<Payment> lockDue(Due due, int limit, UnitOfWork tx);

  /** Puts new payments on record. */
  void insert(Collection<Payment> payments, UnitOfWork tx);

  /** Writes what changed of payments that this transaction has locked. */
  void save(Collection<Payment> payments, UnitOfWork tx);

  /** These payments as they stand, not locked; by id. */
  Map<UUID, Payment> find(Collection<UUID> ids, UnitOfWork tx);

  /** The payment of an order as it stands, not locked. */
  Optional<Payment> findByOrder(UUID orderId, UnitOfWork tx);

  /**
   * Payments, newest first.
   *
   * @param before continue below this id; absent for the first
   */
  List<Payment> list(
      @Nullable UUID orderId,
      @Nullable PaymentStatus status,
      @Nullable UUID before,
      int limit,
      UnitOfWork tx);
}
