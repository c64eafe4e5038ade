package dev.reserva.messaging.transport;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets one thread wait for work. A signal that is raised while nobody waits ends the next wait. It
 * begins raised.
 */
public final class Signal {

  private final Semaphore raised = new Semaphore(1);

  /** Ends a wait, the current one or the next. Any thread may call it. */
  public void raise() {
    if (raised.availablePermits() == 0) {
      raised.release();
    }
  }

  /** Waits until the signal is raised or the time-out expires. */
  public void await(Duration timeout) throws InterruptedException {
    if (raised.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      raised.drainPermits();
    }
  }
}
