package dev.reserva.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies finished orders under new ids, row by row in every table and event by event in the log, as
 * if each had been placed again at an earlier time. No order may be under way. The server must be
 * restarted afterwards, because the cursors of its subscriptions move.
 */
final class Copies {
  /** The number of events after which the server begins a new segment of its log. */
  private static final long SEGMENT_EVENTS = 5_000_000;

  /**
   * @param table name with its schema
   * @param of the condition that joins its rows to {@code bench.base}
   * @param shifted its columns that hold ids of orders, and of rows that belong to one order
   * @param numbered its column that holds the number of the order, which is unique
   */
  private record Table(String table, String of, Set<String> shifted, @Nullable String numbered) {
    Table(String table, String of, Set<String> shifted) {
      this(table, of, shifted, null);
    }

    String base() {
      return "bench." + table.replace('.', '_');
    }
  }

  private static final List<Table> TABLES =
      List.of(
          new Table(
              "sales.order", "t.id = o.id", Set.of("id", "reservation_id", "payment_id"), "number"),
          new Table("sales.order_line", "t.order_id = o.id", Set.of("order_id")),
          new Table("inventory.reservation", "t.order_id = o.id", Set.of("id", "order_id")),
          new Table("inventory.ledger", "t.order_id = o.id", Set.of("order_id")),
          new Table(
              "financial.payments", "t.order_id = o.id", Set.of("id", "order_id", "causation_id")),
          new Table("financial.receivables", "t.id = o.id", Set.of("id")),
          new Table(
              "financial.receivable_ledger",
              "t.receivable_id = o.id",
              Set.of("receivable_id", "source_id")),
          new Table("psp_simulator.charges", "t.key = o.payment_id", Set.of("key")));

  /** {@code bench.older} makes a time-ordered id older; different ids stay different. */
  private static final String PREPARE =
      """
      create schema bench;
      create function bench.older(id uuid, millis bigint) returns uuid immutable language sql return
        (lpad(to_hex(('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint - millis), 12, '0')
          || substr(replace(id::text, '-', ''), 13))::uuid;
      create unlogged table bench.base as
        select o.id, r.id as reservation_id, p.id as payment_id, o.created_at
        from sales.order o
        join inventory.reservation r on r.order_id = o.id
        join financial.payments p on p.order_id = o.id
        where o.status = 'CONFIRMED';
      create unlogged table bench.event_batch as
        select b.*, sum(cardinality(b.ids)) over (order by b.last_position) as turn, o.reservation_id, o.payment_id
        from messaging.event_batch b join bench.base o on o.id = b.key;
      analyze bench.base, bench.event_batch;
      """;

  private static final String SELECT_SIZES =
      """
      select (select count(*) from bench.base), (select sum(cardinality(ids)) from bench.event_batch),
        (select 1000 + 1000 * extract(epoch from max(created_at) - min(created_at))::bigint from bench.base)
      """;

  private static final String SELECT_COLUMNS =
      """
      select column_name, data_type from information_schema.columns
      where table_schema || '.' || table_name = ? and is_generated = 'NEVER' and is_identity = 'NO'
      order by ordinal_position
      """;

  /** Draws as many numbers of orders as are needed; returns the first. */
  private static final String DRAW_NUMBERS =
      """
      select setval('sales.order_number', first + ? - 1) - ? + 1
      from (select nextval('sales.order_number') as first) drawn
      """;

  private static final String UPDATE_STOCK =
      """
      update inventory.stock s set physical = physical + copied.change
      from (select product_id, ? * sum(physical_change) as change
        from bench.inventory_ledger group by product_id) copied
      where copied.product_id = s.product_id
      """;

  private static final String INSERT_EVENTS =
      """
      insert into messaging.event_batch (segment, last_position, key, correlation_id, traceparent, tracestate, ids, types, subjects,
        times, causation_ids, handled_by, data)
      select ?, ? + turn, bench.older(key, ?), correlation_id, traceparent, tracestate,
        array(select bench.older(id, ?) from unnest(ids) with ordinality as e (id, n) order by n), types,
        array(select bench.older(subject, ?) from unnest(subjects) with ordinality as e (subject, n) order by n),
        array(select time - ? * interval '1 millisecond' from unnest(times) with ordinality as e (time, n) order by n),
        array(select bench.older(id, ?) from unnest(causation_ids) with ordinality as e (id, n) order by n),
        array_fill(null::integer, array[cardinality(ids)]),
        array(select replace(replace(replace(payload, key::text, bench.older(key, ?)::text),
            reservation_id::text, bench.older(reservation_id, ?)::text),
            payment_id::text, bench.older(payment_id, ?)::text)
          from unnest(data) with ordinality as e (payload, n) order by n)
      from bench.event_batch order by turn
      """;

  private static final int OLDER_IN_EVENTS = 8;

  /** Moves all cursors to the log's end, where they were before. */
  private static final String MOVE_CURSORS =
      """
      update messaging.subscription set position = (select max(position) from messaging.log_end), epoch = epoch + 1,
        owner = null, lease_until = '-infinity';
      update operations.counted_to set position = (select max(position) from messaging.log_end);
      update operations.order_count set orders = (select count(*) from sales.order where status = 'CONFIRMED')
        where status = 'CONFIRMED';
      """;

  private final Connection connection;
  private long orders;
  private long events;
  private long span;
  private long firstNumber;

  private Copies(Connection connection) {
    this.connection = connection;
  }

  /**
   * Copies all confirmed orders until a number of orders is stored.
   *
   * @param minOrders minimum number of stored orders
   * @return the number of stored orders
   */
  static long fill(Connection connection, long minOrders) throws SQLException {
    return new Copies(connection).fill(minOrders);
  }

  private long fill(long minOrders) throws SQLException {
    execute(PREPARE);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SELECT_SIZES)) {
      row.next();
      orders = row.getLong(1);
      events = row.getLong(2);
      span = row.getLong(3);
    }
    if (orders == 0) {
      throw new BenchFailure("there is no confirmed order to copy");
    }
    long copies = copies(orders, minOrders);
    if (copies > 0) {
      firstNumber = drawNumbers(copies * orders);
    }
    for (Table table : TABLES) {
      copyRows(table, copies);
    }
    try (PreparedStatement stock = connection.prepareStatement(UPDATE_STOCK)) {
      stock.setLong(1, copies);
      stock.executeUpdate();
    }
    copyEvents(copies);
    execute("drop schema bench cascade");
    execute("vacuum analyze");
    return orders * (copies + 1);
  }

  /** The number of copies of each order. */
  static long copies(long orders, long minOrders) {
    return Math.max(0, Math.ceilDiv(minOrders, orders) - 1);
  }

  private long drawNumbers(long count) throws SQLException {
    try (PreparedStatement draw = connection.prepareStatement(DRAW_NUMBERS)) {
      draw.setLong(1, count);
      draw.setLong(2, count);
      try (ResultSet row = draw.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private void copyRows(Table table, long copies) throws SQLException {
    execute(
        "create unlogged table %s as select t.*, row_number() over () - 1 as turn from %s t join bench.base o on %s"
            .formatted(table.base(), table.table(), table.of()));
    StringBuilder columns = new StringBuilder();
    StringBuilder values = new StringBuilder();
    try (PreparedStatement asked = connection.prepareStatement(SELECT_COLUMNS)) {
      asked.setString(1, table.table());
      try (ResultSet rows = asked.executeQuery()) {
        while (rows.next()) {
          String name = rows.getString(1);
          columns.append(columns.isEmpty() ? "" : ", ").append(name);
          values
              .append(values.isEmpty() ? "" : ", ")
              .append(value(table, name, rows.getString(2), copies));
        }
      }
    }
    execute(
        "insert into %s (%s) select %s from generate_series(%d::bigint, 1, -1) as n cross join %s t"
            .formatted(table.table(), columns, values, copies, table.base()));
  }

  /** SQL of a column's value in copy n, which is n spans older. */
  private String value(Table table, String column, String type, long copies) {
    if (table.shifted().contains(column)) {
      return "bench.older(t.%s, n * %d)".formatted(column, span);
    }
    if (column.equals(table.numbered())) {
      return "%d + (%d - n) * %d + t.turn".formatted(firstNumber, copies, orders);
    }
    return type.startsWith("timestamp")
        ? "t.%s - n * interval '%d milliseconds'".formatted(column, span)
        : "t." + column;
  }

  /** Runs in one transaction, so that no subscription handles a copy. */
  private void copyEvents(long copies) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement insert = connection.prepareStatement(INSERT_EVENTS)) {
      long position;
      int segment;
      try (Statement statement = connection.createStatement();
          ResultSet head =
              statement.executeQuery(
                  "select segment, messaging.position_of_log_end() from messaging.log_head for update")) {
        head.next();
        segment = head.getInt(1);
        position = head.getLong(2);
      }
      long inSegment = SEGMENT_EVENTS;
      for (long n = copies; n > 0; n--) {
        if (inSegment >= SEGMENT_EVENTS) {
          execute(
              "update messaging.log_segment set closed_at = clock_timestamp() where segment = "
                  + segment);
          segment++;
          execute("select messaging.open_segment(%d, %d)".formatted(segment, position + 1));
          inSegment = 0;
        }
        insert.setInt(1, segment);
        insert.setLong(2, position);
        for (int i = 0; i < OLDER_IN_EVENTS; i++) {
          insert.setLong(3 + i, n * span);
        }
        insert.executeUpdate();
        position += events;
        inSegment += events;
      }
      execute("update messaging.log_head set segment = %d".formatted(segment));
      execute("update messaging.log_end set position = %d".formatted(position));
      execute(MOVE_CURSORS);
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
