package dev.reserva.messaging.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes array parameters of a set of rows, one for each column. */
public final class Columns {

  /** What an element in quotes escapes. */
  private static final Pattern ESCAPED = Pattern.compile("[\"\\\\]");

  private Columns() {}

  public static <R> @Nullable UUID[] uuids(
      Collection<? extends R> rows, Function<R, ? extends @Nullable UUID> column) {
    return array(rows, column, UUID[]::new);
  }

  public static <R> @Nullable String[] texts(
      Collection<? extends R> rows, Function<R, ? extends @Nullable String> column) {
    return array(rows, column, String[]::new);
  }

  public static <R> @Nullable Integer[] integers(
      Collection<? extends R> rows, Function<R, ? extends @Nullable Integer> column) {
    return array(rows, column, Integer[]::new);
  }

  public static <R> @Nullable Long[] longs(
      Collection<? extends R> rows, Function<R, ? extends @Nullable Long> column) {
    return array(rows, column, Long[]::new);
  }

  public static <R> @Nullable Boolean[] booleans(
      Collection<? extends R> rows, Function<R, ? extends @Nullable Boolean> column) {
    return array(rows, column, Boolean[]::new);
  }

  public static <R> @Nullable BigDecimal[] numbers(
      Collection<? extends R> rows, Function<R, ? extends @Nullable BigDecimal> column) {
    return array(rows, column, BigDecimal[]::new);
  }

  public static <R> @Nullable Instant[] instants(
      Collection<? extends R> rows, Function<R, ? extends @Nullable Instant> column) {
    return array(rows, column, Instant[]::new);
  }

  /**
   * An array in SQL's own notation. A column of arrays is sent as texts: PostgreSQL has no array of
   * arrays of different lengths.
   */
  public static <R> String literal(Collection<? extends R> rows, Function<R, ?> value) {
    var literal = new StringBuilder("{");
    for (R row : rows) {
      if (literal.length() > 1) {
        literal.append(',');
      }
      Object element = value.apply(row);
      if (element == null) {
        literal.append("NULL");
      } else {
        literal.append('"');
        literal.append(ESCAPED.matcher(element.toString()).replaceAll("\\\\$0"));
        literal.append('"');
      }
    }
    return literal.append('}').toString();
  }

  private static <R, T> @Nullable T[] array(
      Collection<? extends R> rows,
      Function<R, ? extends @Nullable T> column,
      IntFunction<@Nullable T[]> made) {
    @Nullable T[] values = made.apply(rows.size());
    int i = 0;
    for (R row : rows) {
      values[i++] = column.apply(row);
    }
    return values;
  }
}
