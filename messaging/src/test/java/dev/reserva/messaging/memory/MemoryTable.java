package dev.reserva.messaging.memory;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Rows by key, in the order of keys. Written in transactions only, read at any time. */
public final class MemoryTable<K extends Comparable<K>, V> {

  private final MemoryDatabase database;
  private final TreeMap<K, V> rows = new TreeMap<>();
  private Consumer<K> watcher = _ -> {};

  MemoryTable(MemoryDatabase database) {
    this.database = database;
  }

  /**
   * Calls the watcher with the key of each row that is written or removed, even if a rollback
   * follows.
   */
  public void watch(Consumer<K> newWatcher) {
    watcher = newWatcher;
  }

  public Optional<V> get(K key) {
    return database.reading(() -> Optional.ofNullable(rows.get(key)));
  }

  public List<V> values() {
    return database.reading(() -> List.copyOf(rows.values()));
  }

  /** Rows whose keys follow this one, in order. */
  public List<V> after(K key, int limit) {
    return database.reading(() -> rows.tailMap(key, false).values().stream().limit(limit).toList());
  }

  public int size() {
    return database.reading(rows::size);
  }

  public void put(K key, V value) {
    Optional<V> before = get(key);
    database.written(() -> restore(key, before));
    rows.put(key, value);
    watcher.accept(key);
  }

  /**
   * @return whether there was a row with this key
   */
  public boolean remove(K key) {
    Optional<V> before = get(key);
    database.written(() -> restore(key, before));
    rows.remove(key);
    watcher.accept(key);
    return before.isPresent();
  }

  private void restore(K key, Optional<V> before) {
    before.ifPresentOrElse(value -> rows.put(key, value), () -> rows.remove(key));
  }
}
