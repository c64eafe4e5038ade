package dev.reserva.messaging.sql;

import dev.reserva.messaging.UnitOfWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one unit of work on PostgreSQL, in the order in which they are given.
 *
 * <p>Reads are sent at once, unless they are only {@linkplain #ask asked}. Writes are collected
 * until the next read or the commit, and are then sent together, because a round trip costs both
 * sides more than most statements do. A write's failure and its row count are therefore known later
 * than the call, but always before the commit. Use {@link #update} where either is needed at once.
 *
 * <p>Parameters are texts, numbers, booleans, ids and instants, {@code null}, and arrays of {@link
 * String}, {@link Integer}, {@link Long}, {@link Boolean}, {@link java.math.BigDecimal}, {@link
 * java.util.UUID} and {@link java.time.Instant}, whose elements may be {@code null}; see {@link
 * Columns}. Each SQL text is one statement, without a semicolon.
 *
 * <p>All methods throw {@link SqlFailure} when the database refuses a statement.
 */
public interface Statements {

  /** The statements of a unit of work, which must be one on PostgreSQL. */
  static Statements of(UnitOfWork tx) {
    return tx.resource(Statements.class);
  }

  /** Makes a value of a row. */
  @FunctionalInterface
  interface RowReader<T extends @Nullable Object> {
    T read(ResultSet row) throws SQLException;
  }

  /** All rows of a query. */
  <T extends @Nullable Object> List<T> query(
      String sql, RowReader<T> reader, @Nullable Object... parameters);

  /**
   * All rows of a query that is sent together with the next statement, or when they are asked for.
   * For reads that do not depend on each other: they share a round trip.
   */
  <T extends @Nullable Object> Supplier<List<T>> ask(
      String sql, RowReader<T> reader, @Nullable Object... parameters);

  /**
   * All rows of a query. The clock is read in the same round trip, after the query has got its
   * locks, so that {@link UnitOfWork#now()} costs nothing if it is called next.
   */
  <T extends @Nullable Object> List<T> queryAndClock(
      String sql, RowReader<T> reader, @Nullable Object... parameters);

  /** Passes row by row to the consumer; only a thousand rows are in memory at a time. */
  <T extends @Nullable Object> void stream(
      String sql,
      RowReader<T> reader,
      Consumer<? super T> consumer,
      @Nullable Object... parameters);

  /**
   * Changes rows at once.
   *
   * @return how many
   */
  int update(String sql, @Nullable Object... parameters);

  /** Changes rows before the next read or the commit. Their number does not matter. */
  void write(String sql, @Nullable Object... parameters);

  /**
   * Changes rows before the next read or the commit.
   *
   * @param written gets the number of changed rows; an exception from it rolls the transaction back
   */
  void write(IntConsumer written, String sql, @Nullable Object... parameters);
}
