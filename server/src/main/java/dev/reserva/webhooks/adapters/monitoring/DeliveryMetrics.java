package dev.reserva.webhooks.adapters.monitoring;

import dev.reserva.messaging.Transactions;
import dev.reserva.webhooks.application.AttemptCounts;
import dev.reserva.webhooks.application.Backlogs;
import dev.reserva.webhooks.application.Backlogs.Backlog;
import dev.reserva.webhooks.domain.EndpointState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters of attempts and of what waits ({@code reserva.webhooks.*}).
 *
 * <p>One scrape queries the database once, however many meters it reads. While the database is
 * down, what waits has no value.
 */
public final class DeliveryMetrics implements MeterBinder {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryMetrics.class);

  /** Longer than a scrape, shorter than the pause between two scrapes. */
  private static final long FRESH_NANOS = 1_000_000_000L;

  private static final Backlog NONE = new Backlog(0, Duration.ZERO);

  private final Transactions transactions;
  private final Backlogs backlogs;
  private final AttemptCounts attempts;
  private @Nullable Reading last;

  public DeliveryMetrics(Transactions transactions, Backlogs backlogs, AttemptCounts attempts) {
    this.transactions = transactions;
    this.backlogs = backlogs;
    this.attempts = attempts;
  }

  /**
   * @param waiting null if the database could not be asked
   */
  private record Reading(long nanos, @Nullable Map<EndpointState, Backlog> waiting) {}

  @Override
  public void bindTo(MeterRegistry registry) {
    counter(registry, "succeeded", AttemptCounts::succeeded);
    counter(registry, "failed", AttemptCounts::failed);
    for (EndpointState state : EndpointState.values()) {
      gauge(registry, state, "pending", "deliveries that wait", Backlog::deliveries);
      gauge(
          registry,
          state,
          "overdue.seconds",
          "how long the first delivery has been due",
          waiting -> waiting.overdue().toMillis() / 1_000.0);
    }
  }

  private void counter(
      MeterRegistry registry, String outcome, ToDoubleFunction<AttemptCounts> count) {
    FunctionCounter.builder("reserva.webhooks.attempts", attempts, count)
        .description("attempts to post an event")
        .tag("outcome", outcome)
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry,
      EndpointState state,
      String figure,
      String description,
      ToDoubleFunction<Backlog> value) {
    Gauge.builder("reserva.webhooks." + figure, () -> of(state, value))
        .description(description)
        .tag("state", state.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private double of(EndpointState state, ToDoubleFunction<Backlog> value) {
    Map<EndpointState, Backlog> waiting = reading().waiting();
    return waiting == null ? Double.NaN : value.applyAsDouble(waiting.getOrDefault(state, NONE));
  }

  private synchronized Reading reading() {
    Reading known = last;
    if (known != null && System.nanoTime() - known.nanos() < FRESH_NANOS) {
      return known;
    }
    Reading fresh = new Reading(System.nanoTime(), ask());
    last = fresh;
    return fresh;
  }

  private @Nullable Map<EndpointState, Backlog> ask() {
    try {
      return transactions.snapshot(backlogs::byState);
    } catch (RuntimeException e) {
      LOG.warn("webhook metrics not read: error={}", e.toString());
      return null;
    }
  }
}
