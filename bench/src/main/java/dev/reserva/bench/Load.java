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

/** Puts buyers to work and counts what they get done. */
public final class Load {
  private Load() {}

  /** What all buyers note. They share it: a histogram for each would take 150 kB a buyer. */
  private static final class Notes {
    private final Histogram latency = Latency.sharedMicros();
    private final Histogram lateness = Latency.sharedMicros();
    private final LongAdder done = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void note(boolean success, long due, long sent, long end) {
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

  /** A buyer's work between the start and the end of the window. */
  @FunctionalInterface
  private interface Shift {
    void work(Client client, Notes notes, long start, long end) throws Exception;
  }

  /** Each client calls again as soon as its last call is answered. */
  public static Measured closed(int clients, Duration window, Client.Door door)
      throws InterruptedException {
    return run(
        clients,
        window,
        door,
        (client, notes, _, end) -> {
          for (long from = System.nanoTime(); from < end; from = System.nanoTime()) {
            notes.note(client.call(), from, from, end);
          }
        });
  }

  /**
   * Calls start by the clock, however slow the answers are. Latency counts from when a call was
   * due, so that a server that stalls does not hide it from those who would have come meanwhile.
   *
   * @param clients how many calls may be under way; a call that finds none free starts late, and
   *     its latency tells
   */
  static Measured open(double perSecond, int clients, Duration window, Client.Door door)
      throws InterruptedException {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("calls per second must be > 0, were " + perSecond);
    }
    double pause = 1e9 / perSecond;
    AtomicLong calls = new AtomicLong();
    return run(
        clients,
        window,
        door,
        (client, notes, start, end) -> {
          while (true) {
            long due = start + (long) (calls.getAndIncrement() * pause);
            if (due >= end) {
              return;
            }
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
              LockSupport.parkNanos(left);
            }
            long sent = System.nanoTime();
            notes.note(client.call(), due, sent, end);
          }
        });
  }

  private static Measured run(int clients, Duration window, Client.Door door, Shift shift)
      throws InterruptedException {
    List<Client> opened = new ArrayList<>();
    try {
      // All before the first thread is started: who cannot connect must not keep others waiting.
      for (int i = 0; i < clients; i++) {
        opened.add(door.open());
      }
      return work(opened, window, shift);
    } catch (InterruptedException | BenchFailure e) {
      throw e;
    } catch (Exception e) {
      throw new BenchFailure("a client cannot connect: " + e, e);
    } finally {
      opened.forEach(Load::close);
    }
  }

  private static Measured work(List<Client> clients, Duration window, Shift shift)
      throws InterruptedException {
    List<Future<?>> all = new ArrayList<>();
    Notes notes = new Notes();
    CountDownLatch go = new CountDownLatch(1);
    AtomicLong start = new AtomicLong();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Client client : clients) {
        all.add(
            threads.submit(() -> {
              go.await();
              shift.work(client, notes, start.get(), start.get() + window.toNanos());
              return null;
            }));
      }
      start.set(System.nanoTime());
      go.countDown();
      for (Future<?> one : all) {
        one.get();
      }
      return notes.measured(window);
    } catch (ExecutionException e) {
      throw new BenchFailure("a call failed: " + e.getCause(), e);
    }
  }

  private static void close(Client client) {
    try {
      client.close();
    } catch (IOException | SQLException e) {
      // All its calls are answered; a connection that breaks now takes nothing along.
      System.err.println("a connection did not close cleanly: " + e);
    }
  }
}
