package dev.reserva.messaging.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Tables in memory with real transactions: one runs at a time, and a rollback undoes all its
 * writes.
 *
 * <p>In-memory adapters get it from {@code tx.resource(MemoryDatabase.class)} and keep their rows
 * in its {@linkplain #table tables}. Rows must be immutable: a change is another {@code put}.
 */
public final class MemoryDatabase {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, MemoryTable<?, ?>> tables = new HashMap<>();
  private final List<Runnable> undo = new ArrayList<>();
  private boolean writable;

  /** The table of that name. The first call makes it; all calls must use the same types. */
  @SuppressWarnings("unchecked")
  public <K extends Comparable<K>, V> MemoryTable<K, V> table(String name) {
    lock.lock();
    try {
      return (MemoryTable<K, V>) tables.computeIfAbsent(name, _ -> new MemoryTable<K, V>(this));
    } finally {
      lock.unlock();
    }
  }

  /** Runs the work while no other work runs, and undoes its writes if it throws. */
  <R> R transaction(Supplier<R> work) {
    lock.lock();
    try {
      if (writable) {
        throw new IllegalStateException("a transaction is under way on this thread");
      }
      writable = true;
      boolean committed = false;
      try {
        R result = work.get();
        committed = true;
        return result;
      } finally {
        if (!committed) {
          undo.reversed().forEach(Runnable::run);
        }
        undo.clear();
        writable = false;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Reads while no transaction writes. */
  <R> R reading(Supplier<R> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  void written(Runnable undoing) {
    if (!writable || !lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("rows are written in a transaction only");
    }
    undo.add(undoing);
  }
}
