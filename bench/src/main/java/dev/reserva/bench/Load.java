package dev.reserva.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Runs clients and counts their calls. */
public final class Load {
  private Load() {}

  /** The counters of all clients. They share the histograms, each of which takes 150 kB. */
  private static final class Counters {
    private final Histogram latency = Latency.sharedMicros();
    private final Histogram lateness = Latency.sharedMicros();
    private final LongAdder done = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void record(boolean success, long due, long sent, long end) {
      long now = System.nanoTime();
      Latency.record(lateness, sent - due);
      if (success) {
        Latency.record(latency, now - due);
        if (now <= end) {
          done.increment();
        }
      } else {
        refused.increment();
      }
    }

    Measured measured(Duration window) {
      return new Measured(
          done.sum(),
          latency.getTotalCount(),
          refused.sum(),
          window,
          Latency.of(latency),
          Latency.of(lateness));
    }
  }

  /** The calls of a client between the start and the end of the window. */
  @FunctionalInterface
  private interface Schedule {
    void run(Client client, Counters counters, long start, long end) throws Exception;
  }

  /** Runs a closed loop: each client calls again as soon as its last call is answered. */
  public static Measured closed(int clients, Duration window, Client.Factory factory)
      throws InterruptedException {
    return run(
        clients,
        window,
        factory,
        (client, counters, _, end) -> {
          for (long from = System.nanoTime(); from < end; from = System.nanoTime()) {
            counters.record(client.call(), from, from, end);
          }
        });
  }

  /**
   * Runs an open loop: calls start by the clock, however slow the answers are. Latency counts from
   * the time at which a call was due, so that it includes the wait while the server stalls.
   *
   * @param clients most calls at a time; a call that finds no free client starts late, which its
   *     latency includes
   */
  static Measured open(double perSecond, int clients, Duration window, Client.Factory factory)
      throws InterruptedException {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("calls per second must be > 0, were " + perSecond);
    }
    double pause = 1e9 / perSecond;
    AtomicLong calls = new AtomicLong();
    return run(
        clients,
        window,
        factory,
        (client, counters, start, end) -> {
          while (true) {
            long due = start + (long) (calls.getAndIncrement() * pause);
            if (due >= end) {
              return;
            }
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
              LockSupport.parkNanos(left);
            }
            long sent = System.nanoTime();
            counters.record(client.call(), due, sent, end);
          }
        });
  }

  private static Measured run(
      int clients, Duration window, Client.Factory factory, Schedule schedule)
      throws InterruptedException {
    List<Client> opened = new ArrayList<>();
    try {
      // All connect before the first thread starts, so that a failure ends the run at once.
      for (int i = 0; i < clients; i++) {
        opened.add(factory.open());
      }
      return work(opened, window, schedule);
    } catch (InterruptedException | BenchFailure e) {
      throw e;
    } catch (Exception e) {
      throw new BenchFailure("a client cannot connect: " + e, e);
    } finally {
      opened.forEach(Load::close);
    }
  }

  private static Measured work(List<Client> clients, Duration window, Schedule schedule)
      throws InterruptedException {
    List<Future<?>> all = new ArrayList<>();
    Counters counters = new Counters();
    CountDownLatch go = new CountDownLatch(1);
    AtomicLong start = new AtomicLong();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Client client : clients) {
        all.add(
            threads.submit(() -> {
              go.await();
              schedule.run(client, counters, start.get(), start.get() + window.toNanos());
              return null;
            }));
      }
      start.set(System.nanoTime());
      go.countDown();
      for (Future<?> one : all) {
        one.get();
      }
      return counters.measured(window);
    } catch (ExecutionException e) {
      throw new BenchFailure("a call failed: " + e.getCause(), e);
    }
  }

  private static void close(Client client) {
    try {
      client.close();
    } catch (IOException | SQLException e) {
      // All calls of the client are answered already.
      System.err.println("a connection did not close cleanly: " + e);
    }
  }
}
