package dev.reserva.inventory.application;

import dev.reserva.inventory.domain.Return;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Goods that have come back. */
public interface Returns {

  /** The returns of these orders. The reservations of the orders must be locked. */
  List<Return> ofOrders(Collection<UUID> orderIds, UnitOfWork tx);

  /** Adds returns. */
  void add(List<Return> returns, Instant at, UnitOfWork tx);
}
