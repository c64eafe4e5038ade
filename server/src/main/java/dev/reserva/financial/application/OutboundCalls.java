package dev.reserva.financial.application;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls on virtual threads, one for each, by the machine's clock.
 *
 * @param <R> the result of a call
 */
final class OutboundCalls<R> implements Calls<R> {

  static final Carrier CARRIER =
      new Carrier() {
        @Override
        public <T> Calls<T> open(
            String name, int maxCalls, Duration timeLimit, Runnable whenFinished) {
          return new OutboundCalls<>(name, maxCalls, timeLimit, whenFinished);
        }

        @Override
        public long nanoTime() {
          return System.nanoTime();
        }
      };

  /**
   * How long a fetch waits for more results of calls that are under way, so that answers that come
   * together are recorded together. The result of a lone call does not wait.
   */
  private static final Duration GATHER = Duration.ofMillis(2);

  private final String name;
  private final int maxCalls;
  private final Duration timeLimit;
  private final Runnable whenFinished;
  private final Semaphore permits;
  private final AtomicInteger underWay = new AtomicInteger();
  private final LinkedBlockingQueue<R> finished = new LinkedBlockingQueue<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param whenFinished called after each call, when its result can be fetched; short, never throws
   */
  OutboundCalls(String name, int maxCalls, Duration timeLimit, Runnable whenFinished) {
    this.name = name;
    this.maxCalls = maxCalls;
    this.timeLimit = timeLimit;
    this.whenFinished = whenFinished;
    this.permits = new Semaphore(maxCalls);
  }

  @Override
  public int room() {
    return closed ? 0 : Math.max(0, maxCalls - underWay.get());
  }

  @Override
  public void start(Supplier<R> call, Function<Throwable, R> unanswered) {
    if (closed) {
      return; // the attempt is on record, and another process makes it
    }
    underWay.incrementAndGet();
    threads.add(Thread.ofVirtual().name(name).start(() -> run(call, unanswered)));
  }

  private void run(Supplier<R> call, Function<Throwable, R> unanswered) {
    Thread self = Thread.currentThread();
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      underWay.decrementAndGet();
      threads.remove(self);
      return;
    }
    CompletableFuture<R> result = new CompletableFuture<>();
    CompletableFuture<?> recorded =
        result
            .orTimeout(timeLimit.toNanos(), TimeUnit.NANOSECONDS)
            .handle((answer, failure) -> {
              if (failure != null) {
                self.interrupt(); // without effect where the call itself has thrown
              }
              underWay.decrementAndGet();
              if (!closed) {
                finished.add(failure == null ? answer : unanswered.apply(failure));
                whenFinished.run();
              }
              return Boolean.TRUE;
            });
    try {
      result.complete(call.get());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    } finally {
      permits.release();
      threads.remove(self);
    }
    recorded.join();
  }

  @Override
  public List<R> fetch(int max) {
    List<R> results = new ArrayList<>();
    finished.drainTo(results, max);
    long until = System.nanoTime() + GATHER.toNanos();
    while (!results.isEmpty() && results.size() < max && underWay.get() > 0) {
      try {
        R next = finished.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (next == null) {
          break;
        }
        results.add(next);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return results;
  }

  @Override
  public void putBack(List<R> results) {
    finished.addAll(results);
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
