package dev.reserva.cluster;

import dev.reserva.harness.HarnessFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A program without a process. */
final class FakeProgram implements Program {
  final AtomicInteger started = new AtomicInteger();
  final CountDownLatch starting = new CountDownLatch(1);

  /** Whether it is not ready before {@link #ready} is set. */
  volatile boolean slow;

  volatile boolean ready;
  volatile boolean fails;
  private volatile CompletableFuture<Integer> end = CompletableFuture.completedFuture(0);

  @Override
  public String role() {
    return "fake";
  }

  @Override
  public int instance() {
    return 1;
  }

  @Override
  public int port() {
    return 10_001;
  }

  @Override
  public void start(BooleanSupplier wanted) throws InterruptedException {
    end = new CompletableFuture<>();
    started.incrementAndGet();
    starting.countDown();
    if (fails) {
      throw new HarnessFailure("no luck");
    }
    while (slow && !ready && wanted.getAsBoolean()) {
      Thread.sleep(5);
    }
  }

  /** As if it crashed. */
  void crash() {
    end.complete(137);
  }

  @Override
  public int awaitEnd() throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public long pid() {
    return end.isDone() ? 0 : 4_000_000 + started.get();
  }

  @Override
  public void stop(Duration limit) {
    end.complete(143);
  }

  @Override
  public void kill() {
    end.complete(137);
  }
}
