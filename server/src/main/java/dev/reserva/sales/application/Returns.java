package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Delivery;
import dev.reserva.sales.domain.Return;
import dev.reserva.sales.domain.ReturnStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The stored returns, and the goods of orders that have arrived in part. */
public interface Returns {

  /** Adds a return. Its order must be locked. */
  void add(Return goods, UnitOfWork tx);

  /**
   * The returns of these ids that exist, locked until the transaction ends, in order of the ids.
   */
  Map<UUID, Return> lock(Collection<UUID> ids, UnitOfWork tx);

  /** Writes returns that this transaction has locked. */
  void save(Collection<Return> returns, UnitOfWork tx);

  /** All returns of an order, rejected ones included, oldest first. The order must be locked. */
  List<Return> ofOrder(UUID orderId, UnitOfWork tx);

  /** The return if it exists and is within the scope. */
  Optional<Return> find(UUID id, Scope scope, UnitOfWork tx);

  /**
   * Newest first.
   *
   * @param before continue below this id
   */
  List<Return> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx);

  /** Adds deliveries. One that is there changes nothing. */
  void arrived(Collection<Delivery> deliveries, UnitOfWork tx);

  /** The units of an order that have arrived while others have not, by product. */
  Map<UUID, Long> arrivedOf(UUID orderId, UnitOfWork tx);

  /** The conditions of a list. An absent one does not restrict it. */
  record Filter(@Nullable UUID orderId, @Nullable UUID customerId, @Nullable ReturnStatus status) {}
}
