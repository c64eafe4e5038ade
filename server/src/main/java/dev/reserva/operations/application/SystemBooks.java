package dev.reserva.operations.application;

import dev.reserva.operations.domain.OrderBook;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The records of sales, inventory and financial about each order, read from several databases. They
 * are of slightly different times.
 */
public interface SystemBooks {

  /** Whether all three services are in databases that this process knows. */
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
