package dev.reserva.messaging.store;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Sessions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.LocalAttempt;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.messaging.transport.ImportedFlag;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state of one transaction on PostgreSQL: statements, sessions, events, actions. */
final class PostgresUnitOfWork implements UnitOfWork, LocalAttempt.Published {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresUnitOfWork.class);

  private final Connection connection;
  private final PostgresStatements statements;
  private final EventCatalogue catalogue;
  private final Ids ids;
  private final Clock clock;
  private final boolean readOnly;
  private final Sessions sessions = new Sessions();
  private final List<Event> events = new ArrayList<>();
  private final List<@Nullable Object> payloads = new ArrayList<>();

  /** Indexes of the imported ones among the events. */
  private final BitSet imported = new BitSet();

  private final List<Runnable> afterCommit = new ArrayList<>();
  private boolean over;

  PostgresUnitOfWork(
      Connection connection, EventCatalogue catalogue, Ids ids, Clock clock, boolean readOnly) {
    this.connection = connection;
    this.statements = new PostgresStatements(connection);
    this.catalogue = catalogue;
    this.ids = ids;
    this.clock = clock;
    this.readOnly = readOnly;
  }

  @Override
  public Event publish(Object fact, Cause cause) {
    Event event =
        catalogue.envelop(ids.next(), fact, cause, clock.instant().truncatedTo(ChronoUnit.MICROS));
    add(event, fact);
    return event;
  }

  @Override
  public void publish(Event event) {
    add(event, null);
  }

  @Override
  public void importEvent(Event event) {
    add(event, null);
    imported.set(events.size() - 1);
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
    statements.handOver(); // earlier writes go before those of the caller
    return technology.cast(connection);
  }

  @Override
  public <S extends Session> S session(Class<S> type, Supplier<S> open) {
    if (over) {
      throw new IllegalStateException("the unit of work is over");
    }
    return sessions.get(type, open);
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  @Override
  public List<Event> events() {
    return events;
  }

  @Override
  public Message message(int index) {
    return Message.unplaced(events.get(index), catalogue, payloads.get(index));
  }

  /** How many of the events this log's services published. */
  int publishedHere() {
    return events.size() - imported.cardinality();
  }

  /**
   * Adds the mark of imported events to flags.
   *
   * @param indexes the events' indexes, in the order of the flags
   */
  void markImported(int[] indexes, int[] flags) {
    for (int i = 0; i < indexes.length; i++) {
      if (imported.get(indexes[i])) {
        flags[i] |= ImportedFlag.BIT;
      }
    }
  }

  PostgresStatements statements() {
    return statements;
  }

  /** Flushes the sessions and sends all collected writes. */
  void flush() {
    sessions.flush();
    statements.flush();
  }

  /** Flushes the sessions. Their writes are sent with the next statement. */
  void flushSessions() {
    sessions.flush();
  }

  void end() {
    over = true;
  }

  /**
   * The events as entries of the log.
   *
   * @param order the indexes of the events in the order in which they were appended
   * @param flags for each event in that order, the subscriptions that handled it locally
   */
  List<LogEntry> entries(long base, int[] order, int[] flags) {
    List<LogEntry> entries = new ArrayList<>(order.length);
    for (int i = 0; i < order.length; i++) {
      entries.add(
          new LogEntry(
              new Message(base + 1 + i, events.get(order[i]), catalogue, payloads.get(order[i])),
              flags[i]));
    }
    return entries;
  }

  void runAfterCommit() {
    for (Runnable action : afterCommit) {
      try {
        action.run();
      } catch (RuntimeException e) {
        // The transaction is committed. Whoever the action would have woken polls, and notices
        // later.
        LOG.error("an action after a commit failed, the commit stands", e);
      }
    }
  }
}
