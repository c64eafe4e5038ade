package dev.reserva.operations.application;

import dev.reserva.operations.domain.OrderBook;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The records of sales, inventory, financial and logistics about each order, read from several
 * databases. They are of slightly different times.
 */
public interface SystemBooks {

  /**
   * Whether sales, inventory and financial are in databases that this process knows. Where
   * logistics is in none, orders have no shipments.
   */
  boolean complete();

  /**
   * Orders in order of their ids.
   *
   * @param after id of the last order of the previous page; null for the first page
   */
  List<OrderBook> page(@Nullable UUID after, int limit);

  /** Certain orders. */
  List<OrderBook> of(List<UUID> orderIds);

  /** What each database knows of certain keys. */
  Map<String, DatabaseKeys> keys(List<UUID> keys);

  /**
   * @param services that run on the database
   */
  record DatabaseKeys(Set<String> services, Map<UUID, KeyEvents> keys) {
    public DatabaseKeys {
      services = Set.copyOf(services);
      keys = Map.copyOf(keys);
    }
  }
}
