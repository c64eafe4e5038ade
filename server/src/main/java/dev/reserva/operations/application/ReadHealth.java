package dev.reserva.operations.application;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Backbone.IntakeStatus;
import dev.reserva.messaging.Backbone.SubscriptionStatus;
import dev.reserva.messaging.Relays;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.UnreadableMessages;
import dev.reserva.operations.domain.Health;
import dev.reserva.operations.domain.Health.Module;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the system's health, within a time-out even if the database is down: a thread of its own
 * queries the database, one query at a time.
 */
public final class ReadHealth {

  private static final String BROKER = "broker";
  private static final String RELAY_IS_LEFT =
      "nobody relays this log to its broker, so its events are kept for good: start the processes with reserva.messaging.transport, or remove the relay (DELETE /api/operations/relay)";
  private static final Logger LOG = LoggerFactory.getLogger(ReadHealth.class);

  private final Transactions transactions;
  private final Backbone backbone;
  private final UnreadableMessages messages;
  private final Relays relays;
  private final List<String> services;
  private final Duration timeout;
  private final long maxLag;
  private final Supplier<List<String>> warnings;
  private final Others others;
  private @Nullable CompletableFuture<Reading> running;

  /**
   * @param services names of the services of this process
   * @param timeout after it, the database counts as down
   * @param maxLag a service that has more events to handle counts as falling behind
   * @param warnings told whatever the health
   * @param others asked within the same time
   */
  public ReadHealth(
      Transactions transactions,
      Backbone backbone,
      UnreadableMessages messages,
      Relays relays,
      List<String> services,
      Duration timeout,
      long maxLag,
      Supplier<List<String>> warnings,
      Others others) {
    this.transactions = transactions;
    this.backbone = backbone;
    this.messages = messages;
    this.relays = relays;
    this.services = List.copyOf(services);
    this.timeout = timeout;
    this.maxLag = maxLag;
    this.warnings = warnings;
    this.others = others;
  }

  /** Asks every process of the members; one that does not answer has no answer. */
  @FunctionalInterface
  public interface Others {
    Map<String, List<Optional<Health>>> ask();
  }

  /** Of the whole system. */
  public Health read() {
    return readOwn().with(others.ask());
  }

  /** Of this process and its database alone. */
  public Health readOwn() {
    Reading reading = reading();
    Map<String, Module> modules = new TreeMap<>();
    for (String service : services) {
      modules.put(service, reading == null ? Module.DOWN : Module.WITHOUT_SUBSCRIPTION);
    }
    if (reading != null) {
      for (SubscriptionStatus status : reading.subscriptions()) {
        modules.put(
            status.name(),
            Module.subscribed(
                halted(status.state(), status.lastError()),
                status.lag(),
                status.parked(),
                status.dead(),
                maxLag));
      }
    }
    if (reading != null && reading.relayIsLeft()) {
      modules.put(Backbone.RELAY, Module.degradedBy(Optional.of(RELAY_IS_LEFT), Map.of()));
    }
    Map<String, Long> unreadable = reading == null ? Map.of() : reading.unreadable();
    for (IntakeStatus status : backbone.intakes()) {
      modules.put(
          status.name(),
          Module.intake(
              halted(status.state(), status.lastError()),
              unreadable.getOrDefault(status.name(), 0L)));
    }
    Map<String, Boolean> answering = new TreeMap<>();
    answering.put(Health.DATABASE, reading != null);
    backbone.broker().ifPresent(broker -> answering.put(BROKER, broker.answers()));
    return Health.of(answering, modules, warnings.get());
  }

  /** Why a loop runs neither here nor in another process; empty if it runs. */
  private static Optional<String> halted(String state, @Nullable String error) {
    return state.equals("running") || state.equals("standby")
        ? Optional.empty()
        : Optional.of(error == null ? "it is " + state : "%s: %s".formatted(state, error));
  }

  /**
   * What the database tells.
   *
   * @param unreadable messages that were not imported and wait for an operator, by the intake's
   *     name
   * @param relayIsLeft whether this log has a relay, and no process runs it
   */
  private record Reading(
      List<SubscriptionStatus> subscriptions, Map<String, Long> unreadable, boolean relayIsLeft) {}

  private Reading read(UnitOfWork tx) {
    boolean joined = backbone.broker().isPresent();
    return new Reading(
        backbone.subscriptions(),
        joined
            ? messages.groups().stream()
                .collect(
                    Collectors.toUnmodifiableMap(
                        group -> "intake." + group.queue(), UnreadableMessages.Group::count))
            : Map.of(),
        !joined && relays.find(tx).filter(relay -> !relay.running()).isPresent());
  }

  /** Null when the database does not answer in time. */
  private @Nullable Reading reading() {
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
  private synchronized CompletableFuture<Reading> query() {
    CompletableFuture<Reading> current = running;
    if (current == null || current.isDone()) {
      CompletableFuture<Reading> started = new CompletableFuture<>();
      Thread.ofVirtual().name("health").start(() -> complete(started));
      running = started;
      return started;
    }
    return current;
  }

  private void complete(CompletableFuture<Reading> query) {
    try {
      query.complete(
          transactions.call(tx -> {
            tx.now();
            return read(tx);
          }));
    } catch (RuntimeException e) {
      query.completeExceptionally(e);
    }
  }
}
