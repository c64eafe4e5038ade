package dev.reserva.operations.application;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Backbone.SubscriptionStatus;
import dev.reserva.messaging.Transactions;
import dev.reserva.operations.domain.Health;
import dev.reserva.operations.domain.Health.Module;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the system's health, within a time-out even if the database is down: a thread of its own
 * queries the database, one query at a time.
 */
public final class ReadHealth {

  private static final Logger LOG = LoggerFactory.getLogger(ReadHealth.class);

  private final Transactions transactions;
  private final Backbone backbone;
  private final List<String> services;
  private final Duration timeout;
  private final long maxLag;
  private final List<String> warnings;
  private @Nullable CompletableFuture<List<SubscriptionStatus>> running;

  /**
   * @param services names of the services of this process
   * @param timeout after it, the database counts as down
   * @param maxLag a service that has more events to handle counts as falling behind
   * @param warnings told whatever the health
   */
  public ReadHealth(
      Transactions transactions,
      Backbone backbone,
      List<String> services,
      Duration timeout,
      long maxLag,
      List<String> warnings) {
    this.transactions = transactions;
    this.backbone = backbone;
    this.services = List.copyOf(services);
    this.timeout = timeout;
    this.maxLag = maxLag;
    this.warnings = List.copyOf(warnings);
  }

  public Health read() {
    List<SubscriptionStatus> subscriptions = subscriptions();
    Map<String, Module> modules = new TreeMap<>();
    for (String service : services) {
      modules.put(service, subscriptions == null ? Module.DOWN : Module.WITHOUT_SUBSCRIPTION);
    }
    if (subscriptions != null) {
      for (SubscriptionStatus status : subscriptions) {
        modules.put(
            status.name(),
            Module.subscribed(
                status.state().equals("running") || status.state().equals("standby"),
                status.lag(),
                status.parked(),
                status.dead(),
                maxLag));
      }
    }
    return Health.of(subscriptions != null, modules, warnings);
  }

  /** Null when the database does not answer in time. */
  private @Nullable List<SubscriptionStatus> subscriptions() {
    try {
      return query().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      LOG.warn("database does not answer: error={}", String.valueOf(e.getCause()));
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** The running query, or a new one: an outage must not pile up threads. */
  private synchronized CompletableFuture<List<SubscriptionStatus>> query() {
    CompletableFuture<List<SubscriptionStatus>> current = running;
    if (current == null || current.isDone()) {
      CompletableFuture<List<SubscriptionStatus>> started = new CompletableFuture<>();
      Thread.ofVirtual().name("health").start(() -> complete(started));
      running = started;
      return started;
    }
    return current;
  }

  private void complete(CompletableFuture<List<SubscriptionStatus>> query) {
    try {
      query.complete(
          transactions.call(tx -> {
            tx.now();
            return backbone.subscriptions();
          }));
    } catch (RuntimeException e) {
      query.completeExceptionally(e);
    }
  }
}
