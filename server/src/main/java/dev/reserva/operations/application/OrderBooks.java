package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.domain.OrderBook;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the services of this process hold of each order. */
public interface OrderBooks {

  /** Whether all three parties (sales, inventory, financial) are here to be asked. */
  boolean complete();

  /**
   * Orders by id.
   *
   * @param after continue after this id; null for the first
   */
  List<OrderBook> page(UnitOfWork snapshot, @Nullable UUID after, int limit);
}
