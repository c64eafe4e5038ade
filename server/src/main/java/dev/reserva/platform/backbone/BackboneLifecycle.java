package dev.reserva.platform.backbone;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.RunningBackbone;
import dev.reserva.messaging.store.LogTail;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the backbone with the application. It is created at its first use, because
 * handlers can depend on it. It runs from before the web server takes the first request until after
 * the last answer.
 */
final class BackboneLifecycle implements Backbone, SmartLifecycle {

  /** Lower than the web server's, so that the backbone starts before it and stops after it. */
  private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

  private final Supplier<RunningBackbone> factory;
  private final LogTail tail;
  private final Duration stopTimeout;
  private final AtomicBoolean running = new AtomicBoolean();
  private final Object creation = new Object();
  private volatile @Nullable RunningBackbone created;

  BackboneLifecycle(Supplier<RunningBackbone> factory, LogTail tail, Duration stopTimeout) {
    this.factory = factory;
    this.tail = tail;
    this.stopTimeout = stopTimeout;
  }

  @Override
  public void start() {
    if (running.compareAndSet(false, true)) {
      tail.start();
      backbone().start();
    }
  }

  @Override
  public void stop() {
    if (running.compareAndSet(true, false)) {
      boolean _ = backbone().stop(stopTimeout);
    }
  }

  @Override
  public boolean isRunning() {
    return running.get();
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  void wakeSubscription(String subscription) {
    backbone().wakeSubscription(subscription);
  }

  @Override
  public List<SubscriptionStatus> subscriptions() {
    return backbone().subscriptions();
  }

  @Override
  public List<IntakeStatus> intakes() {
    return backbone().intakes();
  }

  @Override
  public Optional<BrokerStatus> broker() {
    return backbone().broker();
  }

  @Override
  public List<WorkerStatus> workers() {
    return backbone().workers();
  }

  @Override
  public void wake(String worker) {
    backbone().wake(worker);
  }

  @Override
  public boolean awaitCaughtUp(String subscription, Duration timeout) {
    return backbone().awaitCaughtUp(subscription, timeout);
  }

  @Override
  public void replay(String subscription, long after) {
    backbone().replay(subscription, after);
  }

  @Override
  public void replay(String subscription, long after, UnitOfWork tx) {
    backbone().replay(subscription, after, tx);
  }

  @Override
  public Rates rates() {
    return backbone().rates();
  }

  private RunningBackbone backbone() {
    RunningBackbone backbone = created;
    if (backbone == null) {
      synchronized (creation) {
        backbone = created;
        if (backbone == null) {
          backbone = factory.get();
          created = backbone;
        }
      }
    }
    return backbone;
  }
}
