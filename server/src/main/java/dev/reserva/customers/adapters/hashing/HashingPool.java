package dev.reserva.customers.adapters.hashing;

import dev.reserva.messaging.Overloaded;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Limits how many hashes are made at once, and how many callers wait for one. */
final class HashingPool {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final String name;
  private final Semaphore cores;
  private final Semaphore places;
  private final Duration maxWait;

  /**
   * @param name in errors
   * @param atOnce most hashes at a time
   * @param maxWaiting most callers that wait; one more is refused at once
   * @param maxWait a caller that waits longer is refused
   */
  HashingPool(String name, int atOnce, int maxWaiting, Duration maxWait) {
    this.name = name;
    this.cores = new Semaphore(atOnce, true);
    this.places = new Semaphore(atOnce + maxWaiting);
    this.maxWait = maxWait;
  }

  /**
   * @throws Overloaded if there is no place to wait, or the wait takes too long
   */
  <T> T run(Supplier<T> work) {
    if (!places.tryAcquire()) {
      throw overloaded("too many passwords are being hashed for " + name);
    }
    try {
      return waited(work);
    } finally {
      places.release();
    }
  }

  private <T> T waited(Supplier<T> work) {
    try {
      if (!cores.tryAcquire(maxWait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw overloaded("too many passwords are being hashed for " + name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw overloaded("interrupted while waiting to hash a password");
    }
    try {
      return work.get();
    } finally {
      cores.release();
    }
  }

  private static Overloaded overloaded(String what) {
    return new Overloaded(what, RETRY_AFTER);
  }
}
