package dev.reserva.platform.monitoring;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Backbone.SubscriptionStatus;
import dev.reserva.messaging.Backbone.WorkerStatus;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Worker;
import dev.reserva.messaging.delivery.LocalDelivery;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters of every subscription and the relay to a broker ({@code reserva.subscription.*}), worker
 * ({@code reserva.worker.*}) and of local delivery ({@code reserva.local.*}).
 *
 * <p>One scrape queries the backbone once, however many meters it reads. While the database is
 * down, the meters of subscriptions have no value.
 */
public final class BackboneMetrics implements MeterBinder {

  private static final Logger LOG = LoggerFactory.getLogger(BackboneMetrics.class);

  /** Longer than a scrape, shorter than the pause between two scrapes. */
  private static final long FRESH_NANOS = 1_000_000_000L;

  private final Backbone backbone;
  private final LocalDelivery local;
  private final List<String> subscriptions;
  private final List<String> workers;
  private @Nullable Reading last;

  /**
   * @param relay whether a relay to a broker is among the subscriptions of the backbone
   */
  public BackboneMetrics(
      Backbone backbone,
      LocalDelivery local,
      List<Subscription> subscriptions,
      boolean relay,
      List<Worker> workers) {
    this.backbone = backbone;
    this.local = local;
    this.subscriptions =
        Stream.concat(
                subscriptions.stream().map(Subscription::name),
                relay ? Stream.of(Backbone.RELAY) : Stream.empty())
            .toList();
    this.workers = workers.stream().map(Worker::name).toList();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (String name : subscriptions) {
      gauge(registry, name, "lag", "events behind the cursor", SubscriptionStatus::lag);
      gauge(registry, name, "parked", "events that wait", SubscriptionStatus::parked);
      gauge(registry, name, "dead", "open dead letters", SubscriptionStatus::dead);
      gauge(registry, name, "running", "1 while it runs, here or elsewhere", BackboneMetrics::runs);
      counter(registry, name, "handled", "events handled", SubscriptionStatus::handled);
      counter(registry, name, "failed", "attempts that failed", SubscriptionStatus::failed);
    }
    for (String name : workers) {
      worker(registry, name, "steps", "steps taken", WorkerStatus::steps);
      worker(registry, name, "failures", "steps that failed", WorkerStatus::failures);
    }
    local(registry, "handled", "events handled by their publishers", LocalDelivery.Counts::handled);
    local(
        registry,
        "failed",
        "transactions run again, a handler failed",
        LocalDelivery.Counts::failed);
    local(registry, "refused", "transactions run again, in doubt", LocalDelivery.Counts::refused);
  }

  private static long runs(SubscriptionStatus status) {
    return status.state().equals("running") || status.state().equals("standby") ? 1 : 0;
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      String figure,
      String description,
      ToLongFunction<SubscriptionStatus> value) {
    Gauge.builder("reserva.subscription." + figure, () -> ofSubscription(name, value))
        .description(description)
        .tag("subscription", name)
        .register(registry);
  }

  private void counter(
      MeterRegistry registry,
      String name,
      String figure,
      String description,
      ToLongFunction<SubscriptionStatus> value) {
    FunctionCounter.builder(
            "reserva.subscription." + figure, this, metrics -> metrics.ofSubscription(name, value))
        .description(description)
        .tag("subscription", name)
        .register(registry);
  }

  private void local(
      MeterRegistry registry,
      String figure,
      String description,
      ToLongFunction<LocalDelivery.Counts> value) {
    FunctionCounter.builder(
            "reserva.local." + figure, local, source -> value.applyAsLong(source.counts()))
        .description(description)
        .register(registry);
  }

  private void worker(
      MeterRegistry registry,
      String name,
      String figure,
      String description,
      ToLongFunction<WorkerStatus> value) {
    FunctionCounter.builder(
            "reserva.worker." + figure, this, metrics -> metrics.ofWorker(name, value))
        .description(description)
        .tag("worker", name)
        .register(registry);
  }

  private double ofSubscription(String name, ToLongFunction<SubscriptionStatus> value) {
    return reading().subscriptions().stream()
        .filter(status -> status.name().equals(name))
        .mapToDouble(value::applyAsLong)
        .findFirst()
        .orElse(Double.NaN);
  }

  private double ofWorker(String name, ToLongFunction<WorkerStatus> value) {
    return reading().workers().stream()
        .filter(status -> status.name().equals(name))
        .mapToDouble(value::applyAsLong)
        .findFirst()
        .orElse(Double.NaN);
  }

  private synchronized Reading reading() {
    Reading current = last;
    if (current == null || System.nanoTime() - current.takenNanos() > FRESH_NANOS) {
      current = new Reading(System.nanoTime(), subscriptionsNow(), backbone.workers());
      last = current;
    }
    return current;
  }

  private List<SubscriptionStatus> subscriptionsNow() {
    try {
      return backbone.subscriptions();
    } catch (RuntimeException e) {
      LOG.warn("subscription metrics not read: error={}", e.toString());
      return List.of();
    }
  }

  private record Reading(
      long takenNanos, List<SubscriptionStatus> subscriptions, List<WorkerStatus> workers) {}
}
