package dev.reserva.peers.modulith.orders;

import dev.reserva.peers.shop.Decision;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** The requests that wait for the decision of their order. */
@Component
class WaitingBuyers {
  private final Map<UUID, CompletableFuture<Decision>> waiting = new ConcurrentHashMap<>();

  /**
   * Places an order and waits until it is decided.
   *
   * @return empty if the order is not decided in time; its saga continues
   */
  Optional<Decision> await(UUID order, Runnable placing, Duration limit)
      throws InterruptedException {
    CompletableFuture<Decision> decision = new CompletableFuture<>();
    waiting.put(order, decision);
    try {
      placing.run();
      return Optional.of(decision.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a decision never fails", e);
    } finally {
      waiting.remove(order);
    }
  }

  void decided(Decision decision) {
    CompletableFuture<Decision> awaited = waiting.get(decision.id());
    if (awaited != null) {
      awaited.complete(decision);
    }
  }
}
