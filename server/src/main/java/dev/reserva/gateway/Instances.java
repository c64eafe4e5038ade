package dev.reserva.gateway;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The instances of a service. They are asked in turn. */
final class Instances {

  private final List<Instance> all;
  private final RetryBudget budget = new RetryBudget();
  private final AtomicInteger turn = new AtomicInteger();

  Instances(List<URI> urls) {
    this.all = urls.stream().map(Instance::new).toList();
  }

  List<Instance> all() {
    return all;
  }

  RetryBudget budget() {
    return budget;
  }

  /**
   * The next instance whose breaker admits a request.
   *
   * @param except instances that are not asked again
   * @return null if there is none
   */
  @Nullable Instance next(Set<Instance> except) {
    int start = Math.floorMod(turn.getAndIncrement(), all.size());
    for (int i = 0; i < all.size(); i++) {
      Instance candidate = all.get((start + i) % all.size());
      if (!except.contains(candidate) && candidate.tryAcquire()) {
        return candidate;
      }
    }
    return null;
  }
}
