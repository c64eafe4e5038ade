package dev.reserva.messaging.store;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Failpoint;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.OutcomeUnknown;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.RateMeter;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.SqlFailure;
import dev.reserva.messaging.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions on PostgreSQL, whose facts are appended to the log by their last statement.
 *
 * <p>Appending takes the row lock of the log's head, so from there to the end of the commit only
 * one transaction is under way: positions follow the order of commits and have no gaps.
 */
public final class PostgresTransactions implements Transactions {

  /** A deadlock or serialization failure is nobody's fault; the work runs again this often. */
  private static final int MAX_RUNS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(PostgresTransactions.class);

  private static final String APPEND =
      """
      with head as (
        update messaging.log_head set position = position + ?
        returning position - ? as base, segment, listeners
      ), appended as (
        insert into messaging.event (segment, position, id, type, subject, key, time, correlation_id,
          causation_id, traceparent, tracestate, data)
        select head.segment, head.base + e.ordinal, e.id, e.type, e.subject, e.key, e.time,
          e.correlation_id, e.causation_id, e.traceparent, e.tracestate, e.data
        from head, unnest(?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::timestamptz[], ?::text[],
          ?::uuid[], ?::text[], ?::text[], ?::text[]) with ordinality
          as e (id, type, subject, key, time, correlation_id, causation_id, traceparent, tracestate,
            data, ordinal)
      )
      select base, case when listeners > 1 then pg_notify('reserva_log', (base + ?)::text) end
      from head
      """;

  private final DataSource dataSource;
  private final EventCatalogue catalogue;
  private final Ids ids;
  private final Clock clock;
  private final LogTail tail;
  private final RateMeter published;
  private final Turns turns = new Turns(Runtime.getRuntime().availableProcessors());

  /**
   * @param published counts the events appended
   * @param clock stamps events with the time at which they happened; races are judged by the
   *     database's clock
   */
  public PostgresTransactions(
      DataSource dataSource,
      EventCatalogue catalogue,
      Ids ids,
      Clock clock,
      LogTail tail,
      RateMeter published) {
    this.dataSource = dataSource;
    this.catalogue = catalogue;
    this.ids = ids;
    this.clock = clock;
    this.tail = tail;
    this.published = published;
  }

  @Override
  public <R> R call(Function<UnitOfWork, R> work) {
    for (int run = 1; ; run++) {
      try {
        return callOnce(work);
      } catch (RuntimeException e) {
        SQLException sql = Sql.sqlCause(e);
        if (sql == null || !Sql.isTransient(sql) || run == MAX_RUNS) {
          throw e;
        }
        LOG.info("transaction runs again: sqlState={} run={}", sql.getSQLState(), run);
      }
    }
  }

  @Override
  public Turn awaitTurn() {
    return turns.await();
  }

  @Override
  public <R> R snapshot(Function<UnitOfWork, R> work) {
    try (Connection connection = open()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      PostgresUnitOfWork tx = new PostgresUnitOfWork(connection, true);
      try {
        return work.apply(tx);
      } catch (RuntimeException e) {
        throw sorted(e);
      } finally {
        tx.over = true;
        connection.rollback();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setReadOnly(false);
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw Sql.unavailable(e);
    }
  }

  private <R> R callOnce(Function<UnitOfWork, R> work) {
    PostgresUnitOfWork tx;
    R result;
    long base;
    try (Connection connection = open()) {
      connection.setAutoCommit(false);
      boolean committing = false;
      tx = new PostgresUnitOfWork(connection, false);
      try {
        result = work.apply(tx);
        base = tx.append();
        Failpoint.AFTER_EFFECT_BEFORE_COMMIT.hit();
        committing = true;
        commit(connection);
      } catch (Throwable e) {
        // All of them, also what a lambda has smuggled out: giving the connection back would
        // commit.
        tx.over = true;
        tx.notCommitted();
        if (!rollback(connection)) {
          throw lost(e, committing);
        }
        throw e;
      } finally {
        tx.over = true;
        restore(connection);
      }
    } catch (RuntimeException e) {
      throw sorted(e);
    } catch (SQLException e) {
      throw Sql.unavailable(e);
    }
    Failpoint.AFTER_COMMIT_BEFORE_WAKE_UP.hit();
    tx.committed(base);
    return result;
  }

  private Connection open() {
    try {
      return dataSource.getConnection();
    } catch (SQLException e) {
      throw Sql.unavailable(e);
    }
  }

  private static void commit(Connection connection) {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (Sql.isUnavailable(e)) {
        throw new OutcomeUnknown("the database went away during a commit", e);
      }
      throw new SqlFailure(e);
    }
  }

  /**
   * @return whether the connection is still there
   */
  private static boolean rollback(Connection connection) {
    try {
      connection.rollback();
      return !connection.isClosed();
    } catch (SQLException e) {
      LOG.debug("rollback failed: {}", e.getMessage());
      return false;
    }
  }

  /**
   * What fails on a connection that is gone is the database's fault, whatever it looks like: in the
   * middle of a broken conversation the driver may throw anything.
   */
  private static DependencyUnavailable lost(Throwable e, boolean committing) {
    if (e instanceof DependencyUnavailable known) {
      return known;
    }
    return committing
        ? new OutcomeUnknown("the database went away during a commit", e)
        : new DependencyUnavailable("the database cannot be reached", e);
  }

  private static void restore(Connection connection) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      LOG.debug("connection is not usable any more: {}", e.getMessage());
    }
  }

  private static RuntimeException sorted(RuntimeException e) {
    if (e instanceof DependencyUnavailable) {
      return e;
    }
    SQLException sql = Sql.sqlCause(e);
    return sql != null && Sql.isUnavailable(sql) ? Sql.unavailable(sql) : e;
  }

  private final class PostgresUnitOfWork implements UnitOfWork {

    private final Connection connection;
    private final PostgresStatements statements;
    private final boolean readOnly;
    private final List<Event> events = new ArrayList<>();
    private final List<@Nullable Object> payloads = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private boolean over;

    /** The position before its events, once they are appended. */
    private long committing = -1;

    PostgresUnitOfWork(Connection connection, boolean readOnly) {
      this.connection = connection;
      this.statements = new PostgresStatements(connection);
      this.readOnly = readOnly;
    }

    @Override
    public Event publish(Object fact, Cause cause) {
      Event event =
          catalogue.envelop(
              ids.next(), fact, cause, clock.instant().truncatedTo(ChronoUnit.MICROS));
      add(event, fact);
      return event;
    }

    @Override
    public void publish(Event event) {
      add(event, null);
    }

    private void add(Event event, @Nullable Object payload) {
      if (readOnly || over) {
        throw new IllegalStateException(
            "cannot publish %s: the unit of work is %s"
                .formatted(event.type(), over ? "over" : "read only"));
      }
      events.add(event);
      payloads.add(payload);
    }

    @Override
    public Instant now() {
      return statements.now();
    }

    @Override
    public <T> T resource(Class<T> technology) {
      if (over) {
        throw new IllegalStateException("the unit of work is over");
      }
      if (technology == Statements.class) {
        return technology.cast(statements);
      }
      if (technology != Connection.class) {
        throw new IllegalArgumentException(
            "this is a transaction on java.sql.Connection, not on " + technology.getName());
      }
      statements.handOver(); // what the caller does on the connection comes after it
      return technology.cast(connection);
    }

    @Override
    public void afterCommit(Runnable action) {
      afterCommit.add(action);
    }

    /**
     * Sends what writes have gathered, and the events as the last of all.
     *
     * @return the position before the first event; 0 when there is none
     */
    long append() {
      int size = events.size();
      if (size == 0) {
        statements.flush();
        return 0;
      }
      long base =
          statements
              .query(
                  APPEND,
                  row -> row.getLong(1),
                  (long) size,
                  (long) size,
                  Columns.uuids(events, Event::id),
                  Columns.texts(events, Event::type),
                  Columns.uuids(events, Event::subject),
                  Columns.uuids(events, Event::key),
                  Columns.instants(events, Event::time),
                  Columns.texts(events, Event::correlationId),
                  Columns.uuids(events, Event::causationId),
                  Columns.texts(events, Event::traceparent),
                  Columns.texts(events, Event::tracestate),
                  Columns.texts(events, Event::data),
                  (long) size)
              .getFirst();
      committing = base;
      tail.committing(base, size);
      return base;
    }

    void notCommitted() {
      if (committing >= 0) {
        tail.notCommitted(committing);
      }
    }

    void committed(long base) {
      if (!events.isEmpty()) {
        published.handled(events.size(), 0);
        List<Message> messages = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
          messages.add(new Message(base + 1 + i, events.get(i), catalogue, payloads.get(i)));
        }
        tail.committed(base, messages);
      }
      for (Runnable action : afterCommit) {
        try {
          action.run();
        } catch (RuntimeException e) {
          // The transaction stands; whatever was to follow has a slower way of noticing.
          LOG.error("an action after a commit failed", e);
        }
      }
    }
  }
}
