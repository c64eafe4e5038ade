package dev.reserva.operations.application;

import static dev.reserva.operations.application.SystemOrders.MOST;

import dev.reserva.operations.application.SystemOrders.Waiting;
import dev.reserva.operations.domain.Blockade;
import dev.reserva.operations.domain.StuckOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the orders that do not get on: those past half of the time that their status may last, and
 * those of which an event failed in a subscription of any database.
 */
public final class FindStuckOrders {

  /** As the database compares ids. */
  private static final Comparator<UUID> AS_TEXT = Comparator.comparing(UUID::toString);

  private final SystemOrders system;

  public FindStuckOrders(SystemOrders system) {
    this.system = system;
  }

  /**
   * @param order JSON text of the order
   */
  public record Found(StuckOrder stuck, String order) {}

  /**
   * @param next the id before which the next page begins; absent at the end
   */
  public record Page(List<Found> orders, @Nullable UUID next) {
    public Page {
      orders = List.copyOf(orders);
    }
  }

  /**
   * A page, the newest orders first. It can have fewer orders than the limit, even none, although
   * there are more: the keys of events are not only orders.
   *
   * @param before only orders with a lower id; null for the first page
   */
  public Page find(@Nullable UUID before, int limit) {
    List<Waiting> slow = system.pastHalf(before, limit + 1);
    List<List<Blockade>> blockades = system.blockades(before, MOST);
    UUID floor = floor(blockades);
    Map<UUID, Blockade> worst = new HashMap<>();
    blockades.forEach(part ->
        part.forEach(it ->
            worst.merge(
                it.key(),
                it,
                (one, other) -> Blockade.WORST_FIRST.compare(one, other) <= 0 ? one : other)));
    Map<UUID, Waiting> candidates = new TreeMap<>(AS_TEXT.reversed());
    slow.forEach(order -> candidates.put(order.id(), order));
    Set<UUID> blocked = new HashSet<>(worst.keySet());
    blocked.removeAll(candidates.keySet());
    if (!blocked.isEmpty()) {
      system.waiting(blocked).forEach(order -> candidates.put(order.id(), order));
    }
    return page(candidates, worst, floor, limit);
  }

  /**
   * The lowest key that is certain to have all blockades: of a database that has more of them, what
   * lies below its last one is unknown, and so is the rest of that key itself.
   */
  private static @Nullable UUID floor(List<List<Blockade>> blockades) {
    return blockades.stream()
        .filter(part -> part.size() == MOST)
        .map(part -> part.getLast().key())
        .max(AS_TEXT)
        .orElse(null);
  }

  private static Page page(
      Map<UUID, Waiting> candidates, Map<UUID, Blockade> worst, @Nullable UUID floor, int limit) {
    List<Found> found = new ArrayList<>();
    UUID last = null;
    for (Waiting order : candidates.values()) {
      if (floor != null && AS_TEXT.compare(order.id(), floor) < 0) {
        break;
      }
      if (found.size() == limit) {
        return new Page(found, last);
      }
      found.add(new Found(stuck(order, worst.get(order.id())), order.order()));
      last = order.id();
    }
    return new Page(found, floor);
  }

  private static StuckOrder stuck(Waiting order, @Nullable Blockade blockade) {
    Instant since = order.until() == null && blockade != null ? blockade.since() : order.since();
    return new StuckOrder(order.id(), order.awaited(), since, order.until(), blockade);
  }
}
