package dev.reserva.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs commands of many callers in one transaction. While one group commits, further commands wait,
 * and the next transaction takes them all. An idle system adds no delay, because a single command
 * is a group of one. Under overload, commands that would wait too long are refused (see {@link
 * Limits}).
 *
 * <p>When a group fails, it rolls back and runs in halves ({@link Bisection}), so that a command
 * fails only through its own fault.
 *
 * @param <C> command
 * @param <R> its outcome
 */
public final class GroupCommit<C, R> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final Duration RETRY_AFTER_RESTART = Duration.ofSeconds(1);

  private final Transactions transactions;
  private final Handler<C, R> handler;
  private final int maxGroup;
  private final BlockingQueue<Pending<C, R>> queue;
  private final AdmissionLimit admission;
  private final LongAdder answered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final Pending<C, R> stop = new Pending<>(null);
  private final Thread committer;
  private volatile boolean closed;

  /**
   * How many commands may wait, and how long. A command beyond a limit is refused with {@link
   * Overloaded}.
   *
   * @param maxGroup most commands in one transaction, at least 1
   * @param minWaiting this many commands may wait, whatever their expected time; at least 1
   * @param maxWaiting most commands that wait behind the group under way, at least 1
   * @param maxWait longest time that a command is expected to wait, above zero
   */
  public record Limits(int maxGroup, int minWaiting, int maxWaiting, Duration maxWait) {

    public Limits {
      if (maxGroup < 1 || minWaiting < 1 || maxWaiting < 1) {
        throw new IllegalArgumentException(
            "maxGroup, minWaiting and maxWaiting must be at least 1, were %d, %d and %d"
                .formatted(maxGroup, minWaiting, maxWaiting));
      }
      if (!maxWait.isPositive()) {
        throw new IllegalArgumentException("maxWait must be above zero, was " + maxWait);
      }
    }
  }

  /**
   * Counters of a group commit.
   *
   * @param waiting commands that wait or are being committed
   * @param expectedWait how long one more command is expected to wait
   * @param answered commands whose group has ended since the start, committed or failed
   * @param refused commands that were refused since the start
   */
  public record Status(int waiting, Duration expectedWait, long answered, long refused) {}

  /** Without a limit on the expected time, for callers whose number is limited elsewhere. */
  public GroupCommit(
      String name, Transactions transactions, int maxGroup, int maxWaiting, Handler<C, R> handler) {
    this(
        name,
        transactions,
        new Limits(maxGroup, maxWaiting, maxWaiting, Duration.ofDays(1)),
        handler);
  }

  /**
   * @param name names the committing thread
   */
  public GroupCommit(String name, Transactions transactions, Limits limits, Handler<C, R> handler) {
    this.transactions = transactions;
    this.handler = handler;
    this.maxGroup = limits.maxGroup();
    this.queue = new ArrayBlockingQueue<>(limits.maxWaiting());
    this.admission = new AdmissionLimit(limits, System::nanoTime);
    this.committer = Thread.ofPlatform().name("group-commit-" + name).daemon().start(this::loop);
  }

  /** Decides and carries out a group of commands. */
  @FunctionalInterface
  public interface Handler<C, R> {
    /**
     * @return one outcome per command, in their order
     */
    List<R> handle(List<C> commands, UnitOfWork tx);
  }

  /**
   * Runs a command in the next group, and returns its outcome once it is durable.
   *
   * @throws Overloaded when the command would wait too long, or this is shutting down; nothing was
   *     done
   */
  public R submit(C command) {
    return outcome(start(command));
  }

  /**
   * Queues a command for the next group. The committing thread completes the outcome once it is
   * durable, so actions that depend on it must be short.
   *
   * @throws Overloaded as {@link #submit} does
   */
  public CompletableFuture<R> start(C command) {
    requireRoom();
    Pending<C, R> pending = new Pending<>(command);
    admission.entered();
    if (!queue.offer(pending)) {
      admission.takenBack();
      throw refusal();
    }
    if (closed && queue.remove(pending)) {
      admission.takenBack();
      throw shuttingDown();
    }
    return pending.outcome();
  }

  /** Waits for the outcome of a command; throws the exception that it failed with. */
  public static <R> R outcome(CompletableFuture<R> started) {
    try {
      return started.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a command was being committed", e);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  /**
   * Checks whether one more command may wait now, so that a caller can be refused before its
   * command is read. It reserves nothing: {@link #start} decides again.
   *
   * @throws Overloaded when the command would be refused; it counts as refused
   */
  public void requireRoom() {
    if (closed) {
      throw shuttingDown();
    }
    if (!admission.admits()) {
      throw refusal();
    }
  }

  private Overloaded refusal() {
    refused.increment();
    return new Overloaded("too many commands wait to be committed", admission.retryAfter());
  }

  private static Overloaded shuttingDown() {
    return new Overloaded("shutting down", RETRY_AFTER_RESTART);
  }

  public Status status() {
    return new Status(admission.waiting(), admission.expectedWait(), answered.sum(), refused.sum());
  }

  /** Refuses further commands. Returns when the waiting ones are committed, or after 10 s. */
  @Override
  public void close() {
    closed = true;
    // Wakes an idle committer; when the queue is full it is awake anyway.
    boolean woken = queue.offer(stop);
    try {
      if (!committer.join(Duration.ofSeconds(10))) {
        LOG.warn(
            "group commit still busy at close: thread={} woken={}", committer.getName(), woken);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    List<Pending<C, R>> group = new ArrayList<>(maxGroup);
    while (!closed || !queue.isEmpty()) {
      group.clear();
      try {
        // Once closed, the stop marker may be gone already: take() could wait for ever.
        Pending<C, R> first = closed ? queue.poll() : queue.take();
        if (first == null) {
          continue; // the caller has removed its command
        }
        admission.groupBegins();
        group.add(first);
      } catch (InterruptedException e) {
        continue; // close() ends this thread, not an interrupt
      }
      try (Transactions.Permit _ = transactions.acquirePermit()) {
        queue.drainTo(group, maxGroup - 1);
        group.remove(stop);
        if (!group.isEmpty()) {
          commit(group);
        }
      } finally {
        answered.add(group.size());
        admission.groupEnds(group.size(), queue.isEmpty());
      }
    }
  }

  private void commit(List<Pending<C, R>> group) {
    try {
      Bisection.run(
          group,
          this::commitTogether,
          (pending, error) -> pending.outcome().completeExceptionally(error));
    } catch (Throwable e) {
      // Nothing can be committed now. Outcomes that are complete already stay as they are.
      group.forEach(pending -> pending.outcome().completeExceptionally(e));
    }
  }

  private void commitTogether(List<Pending<C, R>> part) {
    List<C> commands = part.stream().map(Pending::command).toList();
    List<R> outcomes =
        transactions.call(tx -> {
          List<R> answers = handler.handle(commands, tx);
          if (answers.size() != commands.size()) {
            throw new IllegalStateException(
                "handler answered %d of %d commands".formatted(answers.size(), commands.size()));
          }
          return answers;
        });
    for (int i = 0; i < part.size(); i++) {
      part.get(i).outcome().complete(outcomes.get(i));
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RuntimeException runtime) {
      return runtime;
    }
    return new IllegalStateException(cause);
  }

  /**
   * A queued command with its outcome. The command is null only in the marker that wakes the
   * committer to stop.
   */
  private static final class Pending<C, R> {
    private final @Nullable C command;
    private final CompletableFuture<R> outcome = new CompletableFuture<>();

    Pending(@Nullable C command) {
      this.command = command;
    }

    C command() {
      return Objects.requireNonNull(command, "the stop marker is never committed");
    }

    CompletableFuture<R> outcome() {
      return outcome;
    }
  }
}
