package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.OrderNumber;
import java.util.Iterator;
import java.util.function.Supplier;

/** Draws the numbers of new orders. */
public interface OrderNumbers {

  /**
   * Draws numbers that no other order has or ever gets. What has to be read for them is read with
   * the transaction's next statement, or when the numbers are asked for.
   *
   * <p>Numbers grow, but not from order to order: several processes draw at once, and the numbers
   * of a transaction that rolls back are lost.
   *
   * @param most how many may be taken
   */
  Supplier<Iterator<OrderNumber>> draw(int most, UnitOfWork tx);
}
