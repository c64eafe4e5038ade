package dev.reserva.messaging.faults;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.UnitOfWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The effects of a service's events in its database, in the order in which they were made. Nothing
 * in it refuses a doubled or late effect.
 */
final class Ledger {

  private static final String CREATE =
      """
      create table effect (ordinal bigserial primary key, event_id uuid not null, key uuid not null,
        number bigint not null);
      create index on effect (key);
      """;

  private static final String INSERT =
      "insert into effect (event_id, key, number) values (?, ?, ?)";

  private static final String SELECT =
      "select key, number from effect where key = any(?) order by ordinal";

  private static final String COUNT =
      "select count(distinct (key, number)) from effect where key = any(?)";

  private final DataSource dataSource;

  Ledger(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  static void create(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(CREATE);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Records an effect in the transaction of its event. */
  static void record(UnitOfWork tx, Message message, long number) {
    try (PreparedStatement insert = tx.resource(Connection.class).prepareStatement(INSERT)) {
      insert.setObject(1, message.event().id());
      insert.setObject(2, message.key());
      insert.setLong(3, number);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many events of these keys have taken effect. */
  long count(Collection<UUID> keys) {
    return query(
        COUNT,
        keys,
        rows -> {
          rows.next();
          return rows.getLong(1);
        });
  }

  /** The numbers of each of these keys, in the order of their effects. */
  Map<UUID, List<Long>> numbers(Collection<UUID> keys) {
    return query(
        SELECT,
        keys,
        rows -> {
          Map<UUID, List<Long>> numbers = new LinkedHashMap<>();
          keys.forEach(key -> numbers.put(key, new ArrayList<>()));
          while (rows.next()) {
            numbers
                .computeIfAbsent(rows.getObject(1, UUID.class), _ -> new ArrayList<>())
                .add(rows.getLong(2));
          }
          return numbers;
        });
  }

  private interface Reading<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private <T> T query(String sql, Collection<UUID> keys, Reading<T> reading) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("uuid", keys.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        return reading.read(rows);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What became of events with the numbers 0, 1, 2 … of each key.
   *
   * @param lost events without an effect
   * @param doubled effects beyond the first of an event
   * @param overtaken effects that came after one of a later event of their key
   */
  record Verdict(long lost, long doubled, long overtaken) {
    static final Verdict CLEAN = new Verdict(0, 0, 0);
  }

  /**
   * @param published how many events of each key there are
   */
  Verdict verdict(Map<UUID, Long> published) {
    long lost = 0;
    long doubled = 0;
    long overtaken = 0;
    for (Map.Entry<UUID, List<Long>> key : numbers(published.keySet()).entrySet()) {
      Set<Long> seen = new HashSet<>();
      long highest = -1;
      for (long number : key.getValue()) {
        doubled += seen.add(number) ? 0 : 1;
        overtaken += number < highest ? 1 : 0;
        highest = Math.max(highest, number);
      }
      lost += published.getOrDefault(key.getKey(), 0L) - seen.size();
    }
    return new Verdict(lost, doubled, overtaken);
  }
}
