package dev.reserva.messaging.store;

import dev.reserva.messaging.sql.SqlFailure;
import dev.reserva.messaging.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Statements on one connection. Statements that are sent together are one text for the driver,
 * which splits it at the semicolons, keeps each part prepared, and sends all parts before it waits
 * for results.
 */
final class PostgresStatements implements Statements {

  /** Most statements that the driver sends at once. A handler that works set-wise writes fewer. */
  private static final int MAX_TOGETHER = 16;

  private static final int FETCH_SIZE = 1_000;
  private static final String SELECT_CLOCK = "select clock_timestamp()";

  private final Connection connection;
  private final List<Part> gathered = new ArrayList<>();
  private @Nullable Instant clock;

  PostgresStatements(Connection connection) {
    this.connection = connection;
  }

  /**
   * One of the statements that are sent together.
   *
   * @param result takes the result from the statement
   */
  private record Part(String sql, List<@Nullable Object> parameters, Result result) {}

  @FunctionalInterface
  private interface Result {
    void take(PreparedStatement statement) throws SQLException;
  }

  @Override
  public <T extends @Nullable Object> List<T> query(
      String sql, RowReader<T> reader, @Nullable Object... parameters) {
    List<T> found = new ArrayList<>();
    gathered.add(new Part(sql, Arrays.asList(parameters), rows(reader, found)));
    send();
    return found;
  }

  @Override
  public <T extends @Nullable Object> Supplier<List<T>> ask(
      String sql, RowReader<T> reader, @Nullable Object... parameters) {
    List<T> found = new ArrayList<>();
    Part part = new Part(sql, Arrays.asList(parameters), rows(reader, found));
    gather(part);
    return () -> {
      if (gathered.contains(part)) {
        send();
      }
      return found;
    };
  }

  @Override
  public <T extends @Nullable Object> List<T> queryAndClock(
      String sql, RowReader<T> reader, @Nullable Object... parameters) {
    List<T> found = new ArrayList<>();
    gathered.add(new Part(sql, Arrays.asList(parameters), rows(reader, found)));
    clock = readClock();
    return found;
  }

  @Override
  public <T extends @Nullable Object> void stream(
      String sql,
      RowReader<T> reader,
      Consumer<? super T> consumer,
      @Nullable Object... parameters) {
    flush();
    clock = null;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH_SIZE);
      Binding.bind(connection, statement, 1, Arrays.asList(parameters));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          consumer.accept(reader.read(rows));
        }
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  @Override
  public int update(String sql, @Nullable Object... parameters) {
    int[] updated = new int[1];
    gathered.add(
        new Part(
            sql, Arrays.asList(parameters), statement -> updated[0] = statement.getUpdateCount()));
    send();
    return updated[0];
  }

  @Override
  public void write(String sql, @Nullable Object... parameters) {
    write(rows -> {}, sql, parameters);
  }

  @Override
  public void write(IntConsumer written, String sql, @Nullable Object... parameters) {
    gather(
        new Part(
            sql,
            Arrays.asList(parameters),
            statement -> written.accept(statement.getUpdateCount())));
  }

  private void gather(Part part) {
    if (gathered.size() == MAX_TOGETHER) {
      send();
    }
    gathered.add(part);
  }

  /** Sends the collected writes. */
  void flush() {
    if (!gathered.isEmpty()) {
      send();
    }
  }

  /** Sends the collected writes before other code uses the connection. */
  void handOver() {
    flush();
    clock = null;
  }

  /** The database's clock, read after the last statement. */
  Instant now() {
    Instant read = clock;
    if (read == null || !gathered.isEmpty()) {
      read = readClock();
      clock = read;
    }
    return read;
  }

  private Instant readClock() {
    List<Instant> read = new ArrayList<>(1);
    gathered.add(
        new Part(
            SELECT_CLOCK,
            List.of(),
            rows(row -> row.getObject(1, OffsetDateTime.class).toInstant(), read)));
    send();
    return read.getFirst();
  }

  private static <T extends @Nullable Object> Result rows(RowReader<T> reader, List<T> found) {
    return statement -> {
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
    };
  }

  private void send() {
    clock = null;
    List<Part> parts = List.copyOf(gathered);
    gathered.clear();
    try (PreparedStatement statement = connection.prepareStatement(joined(parts))) {
      int index = 1;
      for (Part part : parts) {
        index = Binding.bind(connection, statement, index, part.parameters());
      }
      statement.execute();
      for (Part part : parts) {
        part.result().take(statement);
        statement.getMoreResults();
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  private static String joined(List<Part> parts) {
    if (parts.size() == 1) {
      return parts.getFirst().sql();
    }
    return parts.stream().map(Part::sql).collect(Collectors.joining(";\n"));
  }
}
