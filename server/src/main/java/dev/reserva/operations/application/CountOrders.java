package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts orders by state from their steps. An order counts from its submission on; {@link Drafts}
 * are counted where they are.
 *
 * <p>A step is counted once: the position of the last counted one is stored, and earlier ones are
 * ignored when they are delivered again.
 */
public final class CountOrders {

  private final OrderCounts counts;

  public CountOrders(OrderCounts counts) {
    this.counts = counts;
  }

  /**
   * @param position of the event in the log
   * @param from the state that the order left; absent for its first counted step
   */
  public record Step(long position, @Nullable String from, String to) {}

  /**
   * @param steps in order of position, at least one
   */
  public void count(List<Step> steps, UnitOfWork tx) {
    long countedTo = counts.countedTo(tx);
    Map<String, Long> changes = new TreeMap<>();
    for (Step step : steps) {
      if (step.position() > countedTo) {
        if (step.from() != null) {
          changes.merge(step.from(), -1L, Long::sum);
        }
        changes.merge(step.to(), 1L, Long::sum);
      }
    }
    if (!changes.isEmpty()) {
      counts.add(changes, steps.getLast().position(), tx);
    }
  }
}
