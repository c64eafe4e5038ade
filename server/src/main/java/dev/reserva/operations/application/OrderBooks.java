package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.domain.OrderBook;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The records of sales, inventory, financial and logistics about each order. */
public interface OrderBooks {

  /** Whether sales, inventory and financial run in this process. */
  boolean complete();

  /** Whether logistics runs in this process as well. */
  boolean haveShipments();

  /**
   * Orders in order of their ids.
   *
   * @param after id of the last order of the previous page; null for the first page
   */
  List<OrderBook> page(UnitOfWork snapshot, @Nullable UUID after, int limit);
}
