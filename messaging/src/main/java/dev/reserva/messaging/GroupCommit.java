package dev.reserva.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands of many callers in one transaction: while one group commits, the waiting commands
 * gather, and the next transaction takes them all. An idle system adds no delay, since a lone
 * command is a group of one.
 *
 * <p>When a group fails, it rolls back and runs in halves ({@link Bisection}), so that a command
 * only ever fails by its own fault.
 *
 * @param <C> command
 * @param <R> its outcome
 */
public final class GroupCommit<C, R> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Transactions transactions;
  private final Handler<C, R> handler;
  private final int maxGroup;
  private final BlockingQueue<Pending<C, R>> queue;
  private final Pending<C, R> stop = new Pending<>(null);
  private final Thread committer;
  private volatile boolean closed;

  /**
   * @param name names the committing thread
   * @param maxGroup most commands in one transaction, at least 1
   * @param maxWaiting most commands that wait; one more is refused with {@link Overloaded}
   */
  public GroupCommit(
      String name, Transactions transactions, int maxGroup, int maxWaiting, Handler<C, R> handler) {
    if (maxGroup < 1) {
      throw new IllegalArgumentException("maxGroup must be at least 1, was " + maxGroup);
    }
    this.transactions = transactions;
    this.handler = handler;
    this.maxGroup = maxGroup;
    this.queue = new ArrayBlockingQueue<>(maxWaiting);
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
   * Carries out a command together with whatever else waits, and answers once it is durable.
   *
   * @throws Overloaded when too many wait already, or it is shutting down; nothing was done
   */
  public R submit(C command) {
    Pending<C, R> pending = new Pending<>(command);
    if (closed || !queue.offer(pending)) {
      throw new Overloaded("too many commands wait to be committed", RETRY_AFTER);
    }
    if (closed && queue.remove(pending)) {
      throw new Overloaded("shutting down", RETRY_AFTER);
    }
    try {
      return pending.outcome().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a command was being committed", e);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  /** Refuses more, and returns when what waits is committed, or after ten seconds. */
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
        // When closed, the marker may be gone, and with it what would end a wait.
        Pending<C, R> first = closed ? queue.poll() : queue.take();
        if (first == null) {
          continue; // a caller has taken its command back
        }
        group.add(first);
      } catch (InterruptedException e) {
        continue; // nobody interrupts this thread on purpose; close() ends it
      }
      try (Transactions.Turn _ = transactions.awaitTurn()) {
        queue.drainTo(group, maxGroup - 1);
        group.remove(stop);
        if (!group.isEmpty()) {
          commit(group);
        }
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
      // Nothing can be committed now. Those that are answered already keep their answer.
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
   * The command is null only in the marker that wakes the committer to stop; a marker is never
   * committed.
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
