package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import java.util.Map;

/** How many submitted orders there are in each state. */
public interface OrderCounts {

  /** Every state that an order ever was in, with how many are in it now. */
  Map<String, Long> byStatus(UnitOfWork tx);

  /** Position of the last event that was counted, locked against others; 0 for none. */
  long countedTo(UnitOfWork tx);

  /**
   * @param changes state and how many more (or fewer) orders are in it
   * @param countedTo position of the last event counted
   */
  void add(Map<String, Long> changes, long countedTo, UnitOfWork tx);
}
