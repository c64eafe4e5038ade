package dev.reserva.messaging.sql;

import dev.reserva.messaging.UnitOfWork;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one unit of work on PostgreSQL, in the order in which they are given.
 *
 * <p>Reads are sent at once. Writes gather until something is read or the transaction commits, and
 * then travel together: a round trip costs both sides more than most statements do. So a write's
 * failure, and its count of rows, comes later than the call, but always before the commit. What
 * needs either at once is an {@link #update}.
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

  /** Makes something of a row. */
  @FunctionalInterface
  interface RowReader<T extends @Nullable Object> {
    T read(ResultSet row) throws SQLException;
  }

  /** All rows of a query. */
  <T extends @Nullable Object> List<T> query(
      String sql, RowReader<T> reader, @Nullable Object... parameters);

  /**
   * All rows of a query. The clock is read in the same round trip, after what locks the query takes
   * were had, so that {@link UnitOfWork#now()} costs nothing if it is called next.
   */
  <T extends @Nullable Object> List<T> queryAndClock(
      String sql, RowReader<T> reader, @Nullable Object... parameters);

  /** Hands over row by row; only a thousand rows are in memory at a time. */
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

  /** Changes rows before anything is read and before the commit, however many they are. */
  void write(String sql, @Nullable Object... parameters);

  /**
   * Changes rows before anything is read and before the commit.
   *
   * @param written takes how many rows were changed; what it throws ends the transaction
   */
  void write(IntConsumer written, String sql, @Nullable Object... parameters);
}
