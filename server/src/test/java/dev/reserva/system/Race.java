package dev.reserva.system;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Contestants that start at the same moment. */
final class Race {

  private Race() {}

  /**
   * Starts all contestants at the same moment and waits for all.
   *
   * @return the result of each, in the order of the arguments
   * @throws AssertionError with every failure there was
   */
  static <T> List<T> run(List<? extends Callable<T>> contestants) throws InterruptedException {
    CyclicBarrier start = new CyclicBarrier(contestants.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> contestant : contestants) {
        running.add(
            threads.submit(() -> {
              start.await();
              return contestant.call();
            }));
      }
      List<T> outcomes = new ArrayList<>();
      AssertionError failed = new AssertionError("contestants failed");
      for (Future<T> one : running) {
        try {
          outcomes.add(one.get());
        } catch (ExecutionException e) {
          failed.addSuppressed(e.getCause());
        }
      }
      if (failed.getSuppressed().length > 0) {
        throw failed;
      }
      return outcomes;
    }
  }
}
