package dev.reserva.cli.replay;

import dev.reserva.cli.api.Order;
import dev.reserva.cli.api.ReservaApi;
import dev.reserva.cli.api.Return;
import dev.reserva.cli.api.Shipment;
import dev.reserva.cli.api.UnexpectedReply;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Delivers orders and takes parts of them back, as the staff of a shop does it. */
final class Parcels {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final String REASON = "as in the history";

  private final ReservaApi api;

  Parcels(ReservaApi api) {
    this.api = api;
  }

  /**
   * Ships and delivers the order, if it has not arrived, and takes goods of it back.
   *
   * @param key of the request; each of its steps has its own
   * @return whether they were refunded in time
   */
  boolean takeBack(UUID order, List<Order.Wanted> items, String key) {
    if (!deliver(order, key)) {
      return false;
    }
    Return goods = api.requestReturn(order, items, REASON, key).value("the return");
    api.approve(goods.id(), key + "/approve").value("the approval");
    api.receive(goods.id(), key + "/receive").value("the receipt");
    return await(() -> api.returned(goods.id()).status().equals("REFUNDED"));
  }

  private boolean deliver(UUID order, String key) {
    if (isComplete(order)) {
      return true;
    }
    if (!await(() -> !api.shipments(order).isEmpty())) {
      return false;
    }
    for (Shipment shipment : api.shipments(order)) {
      String its = key + "/" + shipment.id();
      api.dispatch(shipment.id(), "History", "H-" + order, its + "/dispatch").value("the dispatch");
      api.deliver(shipment.id(), its + "/deliver").value("the delivery");
    }
    return await(() -> isComplete(order));
  }

  private boolean isComplete(UUID order) {
    return api.order(order).status().equals("COMPLETED");
  }

  private static boolean await(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        Thread.sleep(LOOK_AGAIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UnexpectedReply("interrupted", e);
      }
    }
    return true;
  }
}
