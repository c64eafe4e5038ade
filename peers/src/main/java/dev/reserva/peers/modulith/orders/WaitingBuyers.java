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

/** Who waits for which order; as many as there are requests under way. */
@Component
class WaitingBuyers {
  private final Map<UUID, CompletableFuture<Decision>> waiting = new ConcurrentHashMap<>();

  /**
   * Places an order and waits until it is decided.
   *
   * @return nothing if it is not decided in time; it goes on without the buyer then
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

  void tell(Decision decision) {
    CompletableFuture<Decision> awaited = waiting.get(decision.id());
    if (awaited != null) {
      awaited.complete(decision);
    }
  }
}
