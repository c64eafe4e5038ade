package dev.reserva.platform.backbone;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.delivery.RunningBackbone;
import dev.reserva.messaging.store.LogTail;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * The backbone as the application's life has it: it is made with the first use of it, since
 * handlers and the services behind them may want it themselves; it runs from before the web server
 * takes requests until after it has answered the last.
 */
final class BackboneLifecycle implements Backbone, SmartLifecycle {

  /** Below the web server's: started before it, stopped after it. */
  private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

  private final Supplier<RunningBackbone> maker;
  private final LogTail tail;
  private final Duration stopTimeout;
  private final AtomicBoolean running = new AtomicBoolean();
  private final Object making = new Object();
  private volatile @Nullable RunningBackbone made;

  BackboneLifecycle(Supplier<RunningBackbone> maker, LogTail tail, Duration stopTimeout) {
    this.maker = maker;
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
  public Rates rates() {
    return backbone().rates();
  }

  private RunningBackbone backbone() {
    RunningBackbone backbone = made;
    if (backbone == null) {
      synchronized (making) {
        backbone = made;
        if (backbone == null) {
          backbone = maker.get();
          made = backbone;
        }
      }
    }
    return backbone;
  }
}
