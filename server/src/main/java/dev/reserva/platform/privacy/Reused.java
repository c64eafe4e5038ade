package dev.reserva.platform.privacy;

import java.security.GeneralSecurityException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Ciphers and authentication codes that are expensive to make and serve one thread at a time. One
 * that fails is not used again.
 */
final class Reused<T> {

  /** How many are kept; more are made when more threads need one at once. */
  private static final int MAX_KEPT = 16;

  interface Maker<T> {
    T make() throws GeneralSecurityException;
  }

  interface Use<T, R> {
    R with(T resource) throws GeneralSecurityException;
  }

  private final BlockingQueue<T> kept = new ArrayBlockingQueue<>(MAX_KEPT);
  private final Maker<T> maker;

  Reused(Maker<T> maker) {
    this.maker = maker;
  }

  <R> R use(Use<T, R> use) throws GeneralSecurityException {
    T waiting = kept.poll();
    T resource = waiting == null ? maker.make() : waiting;
    R result = use.with(resource);
    var _ = kept.offer(resource);
    return result;
  }
}
