package dev.reserva.torture.shop;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Waits until a system has done all that was asked of it, seen from outside. */
public final class Drain {
  private static final List<String> UNDER_WAY = List.of("PENDING", "PENDING_PAYMENT", "PAID");

  private final Api api;

  Drain(Api api) {
    this.api = api;
  }

  /** Whether an order with this status needs nothing more of the system. */
  public static boolean isFinal(String status) {
    return !status.isEmpty() && !UNDER_WAY.contains(status);
  }

  /**
   * Waits until no order is under way.
   *
   * @param start from when the time counts, by {@link System#nanoTime}
   * @return how long it took since then; empty after the limit, counted from now
   */
  Optional<Duration> awaitFinal(long start, Duration limit)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      boolean drained = true;
      for (String status : UNDER_WAY) {
        drained &= api.eventually("/api/orders?limit=1&status=" + status).path("items").isEmpty();
      }
      if (drained) {
        return Optional.of(Duration.ofNanos(System.nanoTime() - start));
      }
      if (System.nanoTime() > end) {
        return Optional.empty();
      }
      Thread.sleep(20);
    }
  }

  /** Waits for at most so long until nothing is reserved and the invariants hold. */
  void awaitSettled(List<Shop.Product> products, Duration limit)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end && !isSettled(products)) {
      Thread.sleep(200);
    }
  }

  private boolean isSettled(List<Shop.Product> products) throws IOException, InterruptedException {
    for (Shop.Product product : products) {
      JsonNode now = api.eventually("/api/inventory/products/" + product.id());
      if (now.path("reserved").asInt() != 0) {
        return false;
      }
    }
    return api.eventually("/api/integrity").path("ok").asBoolean();
  }
}
