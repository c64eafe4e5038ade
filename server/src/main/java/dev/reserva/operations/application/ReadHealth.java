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
 * Tells how the system fares, quickly whatever is down: the database is asked on a thread of its
 * own, one at a time, and counts as down when it has not answered in time.
 */
public final class ReadHealth {

  private static final Logger LOG = LoggerFactory.getLogger(ReadHealth.class);

  private final Transactions transactions;
  private final Backbone backbone;
  private final List<String> services;
  private final Duration patience;
  private final long maxLag;
  private @Nullable CompletableFuture<List<SubscriptionStatus>> asking;

  /**
   * @param services names of the services of this process
   * @param patience how long the database may take to answer
   * @param maxLag as many events may wait before a service counts as falling behind
   */
  public ReadHealth(
      Transactions transactions,
      Backbone backbone,
      List<String> services,
      Duration patience,
      long maxLag) {
    this.transactions = transactions;
    this.backbone = backbone;
    this.services = List.copyOf(services);
    this.patience = patience;
    this.maxLag = maxLag;
  }

  public Health read() {
    List<SubscriptionStatus> subscriptions = subscriptions();
    Map<String, Module> modules = new TreeMap<>();
    for (String service : services) {
      modules.put(service, subscriptions == null ? Module.DOWN : Module.SILENT);
    }
    if (subscriptions != null) {
      for (SubscriptionStatus status : subscriptions) {
        modules.put(
            status.name(),
            Module.hearing(
                status.state().equals("running") || status.state().equals("standby"),
                status.lag(),
                status.parked(),
                status.dead(),
                maxLag));
      }
    }
    return Health.of(subscriptions != null, modules);
  }

  /** Null when the database does not answer. */
  private @Nullable List<SubscriptionStatus> subscriptions() {
    try {
      return question().get(patience.toMillis(), TimeUnit.MILLISECONDS);
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

  /** The one that is being asked already, so that an outage does not pile up threads. */
  private synchronized CompletableFuture<List<SubscriptionStatus>> question() {
    CompletableFuture<List<SubscriptionStatus>> current = asking;
    if (current == null || current.isDone()) {
      CompletableFuture<List<SubscriptionStatus>> question = new CompletableFuture<>();
      Thread.ofVirtual().name("health").start(() -> answer(question));
      asking = question;
      return question;
    }
    return current;
  }

  private void answer(CompletableFuture<List<SubscriptionStatus>> question) {
    try {
      question.complete(
          transactions.call(tx -> {
            tx.now();
            return backbone.subscriptions();
          }));
    } catch (RuntimeException e) {
      question.completeExceptionally(e);
    }
  }
}
