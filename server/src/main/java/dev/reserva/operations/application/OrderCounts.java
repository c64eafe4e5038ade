package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import java.util.Map;

/** How many submitted orders there are in each state. */
public interface OrderCounts {

  /** The number of orders by state; states without orders are left out. */
  Map<String, Long> byStatus(UnitOfWork tx);

  /** Position of the last counted event, 0 for none. Locks it until the transaction ends. */
  long countedTo(UnitOfWork tx);

  /**
   * @param changes by state, how many orders to add or subtract
   * @param countedTo position of the last counted event
   */
  void add(Map<String, Long> changes, long countedTo, UnitOfWork tx);
}
