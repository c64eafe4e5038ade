package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.OrderNumber;
import java.util.Iterator;
import java.util.function.Supplier;

/** Draws the numbers of new orders. */
public interface OrderNumbers {

  /**
   * Draws numbers that no other order ever gets. A read that this needs runs with the transaction's
   * next statement, or when the numbers are used.
   *
   * <p>Numbers grow, but not from order to order: several processes draw at once, and the numbers
   * of a transaction that rolls back are lost.
   *
   * @param most how many may be taken
   */
  Supplier<Iterator<OrderNumber>> draw(int most, UnitOfWork tx);
}
