package dev.reserva.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Whether each service has an instance that is ready, by asking them. */
final class ServiceStates {

  private static final String READINESS = "/actuator/health/readiness";
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** Anybody may ask for the health, so the instances are not asked for each request. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private record Reading(Map<Service, Boolean> ready, long since) {}

  private final Map<Service, Instances> services;
  private final Upstream upstream;

  // Guarded by this.
  private @Nullable Reading last;

  ServiceStates(Map<Service, Instances> services, Upstream upstream) {
    this.services = new EnumMap<>(services);
    this.upstream = upstream;
  }

  /** One reading at a time; it takes as long as a connection and {@link #TIMEOUT} at most. */
  synchronized Map<Service, Boolean> read() {
    Reading known = last;
    if (known == null || System.nanoTime() - known.since() > FRESH.toNanos()) {
      known = new Reading(ask(), System.nanoTime());
      last = known;
    }
    return known.ready();
  }

  private Map<Service, Boolean> ask() {
    Map<Service, Boolean> ready = new EnumMap<>(Service.class);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<Service, List<Future<Boolean>>> asked = new EnumMap<>(Service.class);
      services.forEach((service, instances) -> {
        List<Future<Boolean>> answers = new ArrayList<>();
        instances.all().forEach(one -> answers.add(threads.submit(() -> isReady(one))));
        asked.put(service, answers);
      });
      asked.forEach((service, answers) ->
          ready.put(service, answers.stream().map(ServiceStates::result).toList().contains(true)));
    }
    return ready;
  }

  private boolean isReady(Instance instance) {
    try (Answer answer =
        upstream.send(instance, OutgoingRequest.get(READINESS, instance), TIMEOUT)) {
      return answer.status() == 200;
    } catch (IOException e) { // it does not run, or not well
      return false;
    }
  }

  private static boolean result(Future<Boolean> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
