package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.transport.BrokerConsumer;
import dev.reserva.messaging.transport.BrokerConsumer.Received;
import dev.reserva.messaging.transport.BrokerMessage;
import dev.reserva.messaging.transport.BrokerUnavailable;
import dev.reserva.messaging.transport.Signal;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports the events of a broker's queue into the own log, from which subscriptions get them like
 * any other.
 *
 * <ul>
 *   <li>One transaction records a batch in the {@link Inbox} and appends what is new. Only then the
 *       batch is settled, so nothing is lost, and what arrives again is imported once.
 *   <li>What cannot be read as an event is recorded as unreadable in the same transaction, and the
 *       broker moves it to the dead-letter queue.
 *   <li>What the broker has given up is recorded with the unreadable messages: an operator decides
 *       whether it is imported.
 *   <li>While the database is down, the batch stays unsettled and is tried again. When the
 *       connection to the broker is lost, the batch is forgotten: the broker delivers it again.
 * </ul>
 *
 * <p>{@link #run()} repeats {@link #step()} until {@link #stop()}.
 */
public final class IntakeLoop implements Runnable {

  /** 500 messages, as a subscription's batch. */
  private static final int MAX_BATCH = 500;

  /** A lost wake-up delays a message for as long. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(IntakeLoop.class);

  private final String queue;
  private final BrokerParts broker;
  private final LoopParts parts;
  private final Lifecycle life;
  private final Signal signal = new Signal();
  private final LongAdder imported = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder unreadable = new LongAdder();

  /** Polled and not settled, in order. */
  private final List<Received> batch = new ArrayList<>();

  private @Nullable BrokerConsumer consumer;

  private volatile OptionalLong lag = OptionalLong.empty();

  public IntakeLoop(String queue, BrokerParts broker, LoopParts parts) {
    this.queue = queue;
    this.broker = broker;
    this.parts = parts;
    this.life = new Lifecycle(name(), parts.random());
  }

  /** Its name in statistics, such as {@code intake.inventory.queue}. */
  public String name() {
    return "intake." + queue;
  }

  public LoopState state() {
    return life.state();
  }

  /** Why it does not run; null while it does. */
  public @Nullable String lastError() {
    return life.lastError();
  }

  /** Whether the broker answered when it was last asked. */
  boolean brokerAnswers() {
    return life.brokerAnswers();
  }

  /** How many messages of the queue are not imported yet; empty when the broker does not tell. */
  public OptionalLong lag() {
    return lag;
  }

  /** Counts since this loop was made. */
  public Counts counts() {
    return new Counts(imported.sum(), repeated.sum(), unreadable.sum());
  }

  /**
   * @param imported events that were new
   * @param repeated events that had been imported before
   * @param unreadable messages that were put aside: they are no events, or the broker gave them up
   */
  public record Counts(long imported, long repeated, long unreadable) {}

  /** Stops the loop after its current transaction. Any thread may call it. */
  public void stop() {
    life.stop();
    signal.raise();
  }

  @Override
  public void run() {
    life.run(() -> {
      if (!step()) {
        awaitWork();
      }
    });
    disconnect();
    life.is(LoopState.STOPPED);
  }

  /**
   * Imports what has arrived, at most one batch.
   *
   * @return whether there may be more to do at once
   */
  public boolean step() {
    try {
      BrokerConsumer open = consumer();
      lag = open.lag();
      boolean any = take(open);
      Optional<String> disconnected = open.disconnected();
      if (disconnected.isPresent()) {
        life.failed(new BrokerUnavailable(disconnected.get(), new ConnectException()));
      } else {
        life.succeeded(LoopState.RUNNING);
      }
      return any;
    } catch (BrokerUnavailable e) {
      disconnect();
      life.failed(e);
      return false;
    } catch (Throwable e) {
      // The batch stays as it is. Its events are not to blame: those that no database takes are
      // unreadable.
      life.failed(e);
      return false;
    }
  }

  private BrokerConsumer consumer() {
    BrokerConsumer open = consumer;
    if (open == null) {
      open = broker.broker().openConsumer(queue, signal);
      consumer = open;
    }
    return open;
  }

  private void disconnect() {
    batch.clear();
    lag = OptionalLong.empty();
    BrokerConsumer open = consumer;
    consumer = null;
    if (open != null) {
      open.close();
    }
  }

  private boolean take(BrokerConsumer open) {
    if (batch.isEmpty()) {
      batch.addAll(open.poll(MAX_BATCH));
    }
    if (batch.isEmpty()) {
      return false;
    }
    Sorted sorted;
    try (Transactions.Permit _ = parts.transactions().acquirePermit()) {
      if (batch.size() < MAX_BATCH) {
        batch.addAll(open.poll(MAX_BATCH - batch.size())); // arrived during the wait for the permit
      }
      sorted = sorted();
      record(sorted);
    }
    open.settle(List.copyOf(batch), sorted.rejected());
    batch.clear();
    return true;
  }

  /**
   * A batch without the events of the own log, which came back.
   *
   * @param rejected messages of {@code putAside} that the broker moves to the dead-letter queue
   */
  private record Sorted(
      List<EventReader.Reading> events, List<Received> rejected, List<Inbox.Unreadable> putAside) {

    void putAside(Received message, String reason) {
      putAside.add(new Inbox.Unreadable(message.body(), message.headers(), reason));
    }
  }

  private Sorted sorted() {
    Sorted sorted = new Sorted(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    String ownLog = broker.log().id().toString();
    for (Received message : batch) {
      if (ownLog.equals(message.headers().get(BrokerMessage.LOG))) {
        continue;
      }
      String givenUp = message.givenUp();
      if (givenUp != null) {
        sorted.putAside(message, givenUp); // the dead-letter queue has it already
        LOG.warn("broker gave a message up: queue={} reason={}", queue, givenUp);
        continue;
      }
      try {
        sorted.events().add(broker.reader().read(message.body(), message.headers()));
      } catch (Unprocessable e) {
        String reason = FailureReport.text(e);
        sorted.rejected().add(message);
        sorted.putAside(message, reason);
        LOG.warn("message cannot be read as an event: queue={} reason={}", queue, reason);
      }
    }
    return sorted;
  }

  private void record(Sorted sorted) {
    if (sorted.events().isEmpty() && sorted.putAside().isEmpty()) {
      return;
    }
    List<UUID> ids = sorted.events().stream().map(reading -> reading.event().id()).toList();
    int fresh =
        parts
            .transactions()
            .call(tx -> {
              Set<UUID> missing = ids.isEmpty() ? Set.of() : broker.inbox().record(tx, ids);
              int found = missing.size();
              for (EventReader.Reading reading : sorted.events()) {
                if (missing.remove(reading.event().id())) {
                  broker.reader().importEvent(reading, tx);
                }
              }
              if (!sorted.putAside().isEmpty()) {
                broker.inbox().recordUnreadable(tx, queue, sorted.putAside());
              }
              return found;
            });
    imported.add(fresh);
    repeated.add(ids.size() - fresh);
    unreadable.add(sorted.putAside().size());
  }

  private void awaitWork() throws InterruptedException {
    if (!life.backsOff()) {
      signal.await(LONGEST_WAIT);
    }
  }
}
